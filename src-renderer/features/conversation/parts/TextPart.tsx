import './text.css';
import DOMPurify from 'dompurify';
import { linkifyit } from 'linkify-it';
import { PenLine, Quote } from 'lucide-react';
import { marked } from 'marked';
import { type ReactNode, useMemo, useState } from 'react';
import type { MentionView, MessageView } from '../../../../src-shared/ipc/index.ts';
import type { PartOf } from '../../../../src-shared/model/index.ts';
import { splitQuotes } from '../../../../src-shared/text/quotes.ts';
import { useT } from '../../../i18n/react.ts';
import { useWorkspace } from '../../../state/context.tsx';
import { followLink } from '../html/links.ts';
import { Link } from './Link.tsx';
import { markMentions, stretches } from './mentions.ts';
import { markOwnEmoji, type OwnEmoji } from './own-emoji.ts';
import { showPerson } from './person.ts';
import { isJustEmoji } from './text.ts';

const linkify = linkifyit();

/** Text with its web and mail addresses made links, and the people it names made buttons that lead to them. */
export function Linked({ text, mentions = nobody }: { text: string; mentions?: readonly MentionView[] }) {
  const pieces: ReactNode[] = [];
  const words = (from: number, to?: number): ReactNode => {
    const piece = text.slice(from, to);
    return mentions.length === 0 ? piece : <Named key={`${from} words`} text={piece} mentions={mentions} />;
  };
  let from = 0;
  for (const match of linkify.match(text) ?? []) {
    pieces.push(words(from, match.index));
    pieces.push(<Link key={match.index} url={match.url} text={match.text} />);
    from = match.lastIndex;
  }
  return (
    <>
      {pieces}
      {words(from)}
    </>
  );
}
const nobody: readonly MentionView[] = [];
const none: readonly OwnEmoji[] = [];

function Named({ text, mentions }: { text: string; mentions: readonly MentionView[] }) {
  const workspace = useWorkspace();
  return stretches(text, mentions).map(({ text: words, mention }, index) =>
    mention ? (
      <button
        // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one text never change places
        key={index}
        type="button"
        className="mention"
        data-me={mention.me || undefined}
        onClick={() => showPerson(workspace, mention)}
      >
        {words}
      </button>
    ) : (
      words
    ),
  );
}

/** Plain text; quoted lines and the signature of a mail fold away. */
export function PlainText({
  text,
  mentions = nobody,
}: {
  text: string;
  mentions?: readonly MentionView[] | undefined;
}) {
  const runs = useMemo(() => splitQuotes(text), [text]);
  return (
    <div className={isJustEmoji(text) ? 'text text-emoji' : 'text'} dir="auto">
      {runs.map(({ kind, start, end }) => {
        const words = text.slice(start, end);
        return kind === 'visible' ? (
          <Linked key={start} text={words} mentions={mentions} />
        ) : (
          <Folded key={start} kind={kind} text={words.trimEnd()} />
        );
      })}
    </div>
  );
}

function Folded({ kind, text }: { kind: 'quoted' | 'signature'; text: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        {kind === 'quoted' ? <Quote aria-hidden="true" /> : <PenLine aria-hidden="true" />}
        {kind === 'quoted'
          ? t(open ? 'message.hideQuote' : 'message.showQuote')
          : t(open ? 'message.hideSignature' : 'message.showSignature')}
      </button>
      {open ? (
        <blockquote className="quoted">
          <Linked text={text} />
        </blockquote>
      ) : null}
    </>
  );
}

const allowedTags = [
  'p',
  'br',
  'b',
  'strong',
  'i',
  'em',
  's',
  'del',
  'u',
  'code',
  'pre',
  'blockquote',
  'ul',
  'ol',
  'li',
  'a',
  'h1',
  'h2',
  'h3',
  'h4',
  'hr',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
];
/** Markdown as chat networks use it. Pictures in it are left as links: nothing is fetched but a network’s own emoji. */
export function MarkdownText({
  text,
  mentions = nobody,
  emoji = none,
}: {
  text: string;
  mentions?: readonly MentionView[] | undefined;
  emoji?: readonly OwnEmoji[];
}) {
  const workspace = useWorkspace();
  const html = useMemo(() => {
    const parsed = marked.parse(text, { gfm: true, breaks: true, async: false });
    const allowed = { ALLOWED_TAGS: allowedTags, ALLOWED_ATTR: ['href', 'start'] };
    if (mentions.length + emoji.length === 0) return DOMPurify(window).sanitize(parsed, allowed);
    const drawn = DOMPurify(window).sanitize(parsed, { ...allowed, RETURN_DOM_FRAGMENT: true });
    if (mentions.length > 0) markMentions(drawn, mentions);
    if (emoji.length > 0) markOwnEmoji(drawn, emoji);
    const holder = document.createElement('div');
    holder.append(drawn);
    return holder.innerHTML;
  }, [text, mentions, emoji]);
  if (isJustEmoji(text)) return <div className="text text-emoji">{text}</div>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: catches the clicks of the links within
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link arrives as a click
    <div
      className="text markdown"
      dir="auto"
      onClick={(event) => {
        if (!(event.target instanceof Element)) return;
        const key = event.target.closest<HTMLElement>('[data-mention]')?.dataset.mention;
        const mention = mentions.find((one) => one.key === key);
        if (mention) return showPerson(workspace, mention);
        const link = event.target.closest('a');
        if (!link) return;
        event.preventDefault();
        followLink(workspace, link.href, link.textContent);
      }}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised above to a short list of tags
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}

/** Markdown with the pictures its network has for words of it. */
export function TextOfNetwork({ part, message }: { part: PartOf<'text'>; message: MessageView }) {
  const { client } = useWorkspace();
  const { emoji } = part;
  const { attachments, mentions } = message;
  const drawn = useMemo(
    () =>
      emoji?.flatMap(({ text, media }) => {
        const found = attachments.find(({ ref }) => ref === media.ref);
        return found ? [{ text, url: client.attachmentUrl(found.id) }] : [];
      }),
    [emoji, attachments, client],
  );
  return <MarkdownText text={part.text} mentions={mentions} {...(drawn ? { emoji: drawn } : {})} />;
}
