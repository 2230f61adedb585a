import { type Editor, EditorContent, useEditor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import DOMPurify from 'dompurify';
import { type Ref, type RefObject, useEffect, useImperativeHandle, useRef } from 'react';
import './rich.css';
import type { EditorHandle, Format } from '../handle.ts';
import { FormatBar } from './FormatBar.tsx';
import { fromMail, toMail } from './mail-html.ts';

/** What mail programs show alike; everything else, pasted or typed, is brought down to it. */
const kit = StarterKit.configure({
  heading: { levels: [1, 2, 3] },
  // The mail ends where its writer ended.
  trailingNode: false,
  link: { openOnClick: false, autolink: true, defaultProtocol: 'https', HTMLAttributes: { target: null, class: null } },
});

type Chain = ReturnType<Editor['chain']>;
const looks: Readonly<Record<Format, (chain: Chain) => Chain>> = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  strike: (chain) => chain.toggleStrike(),
  code: (chain) => chain.toggleCode(),
  codeBlock: (chain) => chain.toggleCodeBlock(),
  quote: (chain) => chain.toggleBlockquote(),
  list: (chain) => chain.toggleBulletList(),
  numbers: (chain) => chain.toggleOrderedList(),
  link: (chain) => chain.insertContent('https://'),
};

const lineBefore = ({ state }: Editor): string | null => {
  const { $from, empty } = state.selection;
  return empty ? $from.parent.textBetween(0, $from.parentOffset, '\n', '\ufffc') : null;
};

/** Formatted text for mail. The value is HTML that a mail may carry as it is. */
export default function RichText({
  ref,
  value,
  label,
  entry,
  closed,
  takeFocus,
  describedBy,
  onChange,
  onKey,
}: {
  ref: Ref<EditorHandle>;
  value: string;
  label: string;
  entry: boolean;
  /** It is on its way: what is put in now would go with this editor. */
  closed: boolean;
  /** Presses the keys pressed while the editor was fetched, if what stood here had the focus; known once this is on the page. */
  takeFocus: RefObject<(() => void) | null>;
  describedBy: { readonly list: string; readonly active: string | undefined };
  onChange: (html: string, before: string | null) => void;
  /** Answers whether the key has been dealt with. */
  onKey: (event: KeyboardEvent) => boolean;
}) {
  const holder = useRef<HTMLDivElement>(null);
  const last = useRef(value);
  const latest = useRef({ onChange, onKey, closed });
  latest.current = { onChange, onKey, closed };
  // When React takes effects off and on again, the library destroys its editor and makes another; until that is there,
  // the old one is handed out, and every command on it throws.
  const made: Editor | null = useEditor({
    extensions: [kit],
    content: fromMail(value),
    // The page's policy takes style sheets from its own host alone; ours is in rich.css.
    injectCSS: false,
    editorProps: {
      attributes: {
        class: 'compose-text compose-rich',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        dir: 'auto',
        ...(entry ? { 'data-entry': '' } : {}),
      },
      handleKeyDown: (_view, event) => latest.current.onKey(event),
      // Not keys of the editor, which would swallow them, but of the window; its listener comes after the editor's.
      handleDOMEvents: {
        beforeinput: (_view, event) => {
          if (latest.current.closed) event.preventDefault();
          return latest.current.closed;
        },
        keydown: (_view, event) => {
          if (event.key === 'Escape') latest.current.onKey(event);
          return event.key === 'Escape' || ((event.ctrlKey || event.metaKey) && event.key === 'Enter');
        },
      },
      transformPastedHTML: (html) =>
        DOMPurify(window).sanitize(html, {
          USE_PROFILES: { html: true },
          FORBID_TAGS: ['style', 'img', 'form', 'input', 'button'],
          FORBID_ATTR: ['style', 'class', 'id'],
        }),
      handlePaste: (_view, event) => latest.current.closed || (event.clipboardData?.files.length ?? 0) > 0,
      handleDrop: () => latest.current.closed,
    },
    onUpdate: ({ editor: now }) => {
      const html = now.isEmpty ? '' : toMail(now.getHTML());
      last.current = html;
      latest.current.onChange(html, lineBefore(now));
    },
  });
  const editor = made?.isDestroyed ? null : made;
  useEffect(() => {
    const pressKept = takeFocus.current;
    if (!pressKept || !editor || editor.isDestroyed) return;
    takeFocus.current = null;
    // The library's own command waits for a frame.
    editor.view.focus();
    pressKept();
  }, [editor, takeFocus]);
  useEffect(() => {
    if (!editor || editor.isDestroyed || value === last.current) return;
    last.current = value;
    editor.commands.setContent(fromMail(value), { emitUpdate: false });
  }, [value, editor]);
  const { list, active } = describedBy;
  useEffect(() => {
    const element = holder.current?.querySelector('.ProseMirror');
    if (!element) return;
    if (active === undefined)
      for (const name of ['aria-controls', 'aria-activedescendant']) element.removeAttribute(name);
    else {
      element.setAttribute('aria-controls', list);
      element.setAttribute('aria-activedescendant', active);
    }
  }, [list, active]);
  useImperativeHandle(
    ref,
    (): EditorHandle => ({
      focus: () => void editor?.commands.focus(),
      insert: (text) => void editor?.chain().focus().insertContent(asContent(text)).run(),
      before: () => (editor ? lineBefore(editor) : null),
      replaceBefore: (count, text) => {
        if (!editor) return;
        const { from } = editor.state.selection;
        editor
          .chain()
          .focus()
          .insertContentAt({ from: from - count, to: from }, asContent(text))
          .run();
      },
      format(look) {
        const chain = editor?.chain().focus();
        if (chain) looks[look](chain).run();
      },
    }),
    [editor],
  );
  if (!editor) return null;
  return (
    <>
      <FormatBar editor={editor} />
      <div ref={holder} className="rich" data-empty={value === ''} data-placeholder={label}>
        <EditorContent editor={editor} className="rich-content" />
      </div>
    </>
  );
}

/** Text as nodes, never as mark-up: one line goes into the line, several are paragraphs. */
const asContent = (text: string) => {
  const lines = text.split('\n');
  const words = (line: string) => (line === '' ? [] : [{ type: 'text', text: line }]);
  return lines.length === 1 ? words(text) : lines.map((line) => ({ type: 'paragraph', content: words(line) }));
};
