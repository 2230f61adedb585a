import DOMPurify from 'dompurify';
import { Bold, Italic, Link2, List, ListOrdered, RemoveFormatting, Underline } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import type { Composer } from './store.ts';

const tallest = 420;

/** Where the text is written: plain, or rich where the channel carries it. */
export function Editor({
  composer,
  chat,
  entry,
  placeholder,
  onSend,
}: {
  composer: Composer;
  /** Enter sends; Shift+Enter makes a line. */
  chat: boolean;
  entry: boolean;
  placeholder: string;
  onSend: () => void;
}) {
  const edit = useFeature('composer', (state) => state.edit);
  const { key, composition, quoted } = composer;
  const area = useRef<HTMLTextAreaElement>(null);
  const rich = composition.format === 'html';
  // biome-ignore lint/correctness/useExhaustiveDependencies: grows with what is typed
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(tallest, element.scrollHeight)}px`;
  }, [composition.text, rich]);
  return (
    <>
      {rich ? (
        <RichText value={composition.text} label={placeholder} entry={entry} onChange={(text) => edit(key, { text })} />
      ) : (
        <textarea
          ref={area}
          className="compose-text"
          dir="auto"
          rows={chat ? 1 : 5}
          value={composition.text}
          placeholder={placeholder}
          aria-label={placeholder}
          data-entry={entry ? '' : undefined}
          onChange={(event) => edit(key, { text: event.target.value })}
          onKeyDown={(event) => {
            const plainEnter =
              event.key === 'Enter' && !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
            if (!chat || !plainEnter || event.nativeEvent.isComposing) return;
            event.preventDefault();
            onSend();
          }}
        />
      )}
      {quoted ? <QuotedBelow composer={composer} /> : null}
    </>
  );
}

function QuotedBelow({ composer }: { composer: Composer }) {
  const t = useT();
  const keep = useFeature('composer', (state) => state.keepQuote);
  return (
    <label className="compose-quote">
      <input
        type="checkbox"
        checked={composer.withQuote}
        onChange={(event) => keep(composer.key, event.target.checked)}
      />
      {t('compose.withQuote')}
    </label>
  );
}

/** The browser's own editing; what comes out is made harmless before it is kept. */
function RichText({
  value,
  label,
  entry,
  onChange,
}: {
  value: string;
  label: string;
  entry: boolean;
  onChange: (html: string) => void;
}) {
  const t = useT();
  const element = useRef<HTMLDivElement>(null);
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (element.current && value !== last.current) {
      element.current.innerHTML = DOMPurify(window).sanitize(value, { USE_PROFILES: { html: true } });
      last.current = value;
    }
  }, [value]);
  const changed = (): void => {
    const html = DOMPurify(window).sanitize(element.current?.innerHTML ?? '', { USE_PROFILES: { html: true } });
    last.current = html;
    onChange(html);
  };
  const format = (command: string, argument?: string): void => {
    element.current?.focus();
    // The only editing interface browsers have; both hosts are Chromium.
    document.execCommand(command, false, argument);
    changed();
  };
  const tools = [
    { label: t('format.bold'), icon: <Bold />, run: () => format('bold') },
    { label: t('format.italic'), icon: <Italic />, run: () => format('italic') },
    { label: t('format.underline'), icon: <Underline />, run: () => format('underline') },
    { label: t('format.list'), icon: <List />, run: () => format('insertUnorderedList') },
    { label: t('format.numbers'), icon: <ListOrdered />, run: () => format('insertOrderedList') },
    {
      label: t('format.link'),
      icon: <Link2 />,
      run: () => {
        const words = getSelection()?.toString().trim() ?? '';
        if (/^(https?:\/\/|mailto:)\S+$/.test(words)) format('createLink', words);
        else if (words.includes('.') && !words.includes(' ')) format('createLink', `https://${words}`);
      },
    },
    { label: t('format.none'), icon: <RemoveFormatting />, run: () => format('removeFormat') },
  ];
  return (
    <>
      <div className="format-bar" role="toolbar" aria-label={t('format.label')}>
        {tools.map((tool) => (
          <IconButton
            key={tool.label}
            label={tool.label}
            onMouseDown={(event) => event.preventDefault()}
            onClick={tool.run}
          >
            {tool.icon}
          </IconButton>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a textarea has no rich text */}
      <div
        ref={element}
        className="compose-text compose-rich"
        contentEditable
        role="textbox"
        tabIndex={0}
        aria-multiline="true"
        aria-label={label}
        dir="auto"
        data-entry={entry ? '' : undefined}
        onInput={changed}
        onPaste={(event) => {
          if (event.clipboardData.files.length > 0) return;
          event.preventDefault();
          const html = event.clipboardData.getData('text/html');
          if (html)
            document.execCommand(
              'insertHTML',
              false,
              DOMPurify(window).sanitize(html, { USE_PROFILES: { html: true }, FORBID_TAGS: ['img', 'style'] }),
            );
          else document.execCommand('insertText', false, event.clipboardData.getData('text/plain'));
        }}
      />
    </>
  );
}
