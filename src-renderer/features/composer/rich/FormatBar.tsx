import { type Editor, useEditorState } from '@tiptap/react';
import {
  Bold,
  Check,
  Italic,
  Link2,
  List,
  ListOrdered,
  RemoveFormatting,
  Strikethrough,
  TextQuote,
  Underline,
  Unlink,
} from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../../i18n/react.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { asLink } from './link.ts';

/** Buttons for what the marked words look like; each shows whether it holds there now. */
export function FormatBar({ editor }: { editor: Editor }) {
  const t = useT();
  const [linking, setLinking] = useState<string | null>(null);
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      underline: now.isActive('underline'),
      strike: now.isActive('strike'),
      list: now.isActive('bulletList'),
      numbers: now.isActive('orderedList'),
      quote: now.isActive('blockquote'),
      link: now.isActive('link'),
    }),
  });
  const chain = () => editor.chain().focus();
  const tools = [
    { label: t('format.bold'), keys: 'Ctrl B', on: on.bold, icon: <Bold />, run: () => chain().toggleBold().run() },
    {
      label: t('format.italic'),
      keys: 'Ctrl I',
      on: on.italic,
      icon: <Italic />,
      run: () => chain().toggleItalic().run(),
    },
    {
      label: t('format.underline'),
      keys: 'Ctrl U',
      on: on.underline,
      icon: <Underline />,
      run: () => chain().toggleUnderline().run(),
    },
    { label: t('format.strike'), on: on.strike, icon: <Strikethrough />, run: () => chain().toggleStrike().run() },
    { label: t('format.list'), on: on.list, icon: <List />, run: () => chain().toggleBulletList().run() },
    { label: t('format.numbers'), on: on.numbers, icon: <ListOrdered />, run: () => chain().toggleOrderedList().run() },
    { label: t('format.quote'), on: on.quote, icon: <TextQuote />, run: () => chain().toggleBlockquote().run() },
    {
      label: t('format.link'),
      on: on.link,
      icon: <Link2 />,
      run: () => {
        const { from, to } = editor.state.selection;
        const given: unknown = editor.getAttributes('link').href;
        setLinking(typeof given === 'string' ? given : (asLink(editor.state.doc.textBetween(from, to)) ?? ''));
      },
    },
  ];
  const link = (href: string | null): void => {
    setLinking(null);
    if (href === null) chain().extendMarkRange('link').unsetLink().run();
    else if (editor.state.selection.empty && !on.link)
      chain()
        .insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] })
        .run();
    else chain().extendMarkRange('link').setLink({ href }).run();
  };
  if (linking !== null)
    return (
      <div className="format-bar format-link">
        <input
          className="field"
          type="text"
          // biome-ignore lint/a11y/noAutofocus: it was asked for by the button it stands in place of
          autoFocus
          value={linking}
          placeholder="https://"
          aria-label={t('format.linkTo')}
          onChange={(event) => setLinking(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              setLinking(null);
              editor.commands.focus();
            } else if (event.key === 'Enter') {
              const href = asLink(linking);
              if (href !== null) link(href);
            } else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        <IconButton
          label={t('format.linkDone')}
          disabled={asLink(linking) === null}
          onClick={() => link(asLink(linking))}
        >
          <Check />
        </IconButton>
        <IconButton label={t('format.unlink')} onClick={() => link(null)}>
          <Unlink />
        </IconButton>
      </div>
    );
  return (
    <div className="format-bar" role="toolbar" aria-label={t('format.label')}>
      {tools.map((tool) => (
        <IconButton
          key={tool.label}
          label={tool.label}
          keys={tool.keys}
          aria-pressed={tool.on}
          onMouseDown={(event) => event.preventDefault()}
          onClick={tool.run}
        >
          {tool.icon}
        </IconButton>
      ))}
      <IconButton
        label={t('format.none')}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => chain().unsetAllMarks().clearNodes().run()}
      >
        <RemoveFormatting />
      </IconButton>
    </div>
  );
}
