import type { Composition, ConversationView, DraftView } from '../../../src-shared/ipc/index.ts';
import type { Part } from '../../../src-shared/model/index.ts';
import { linesAsMail } from './rich/mail-html.ts';

export const emptyComposition = (view: ConversationView): Composition => ({
  account: view.account,
  conversation: view.id,
  from: null,
  recipients: [],
  subject: null,
  text: '',
  format: view.limits.formats.markdown === 'full' ? 'markdown' : 'plain',
  parts: [],
  replyTo: null,
  forwards: null,
});

export const compositionOfDraft = (draft: DraftView): Composition => ({
  account: draft.account,
  conversation: draft.conversation,
  from: draft.from,
  recipients: [...draft.recipients],
  subject: draft.subject,
  text: draft.text,
  format: draft.format,
  parts: draft.attachments.map(
    (media): Part => (media.mime.startsWith('image/') ? { kind: 'image', media } : { kind: 'document', media }),
  ),
  replyTo: draft.replyTo,
  forwards: draft.forwards,
  ...(draft.thread == null ? {} : { thread: draft.thread }),
  ...(draft.mentions === undefined ? {} : { mentions: [...draft.mentions] }),
});

/** Nothing a person would miss. */
export const isEmpty = (composition: Composition): boolean =>
  composition.text.replace(/<br\s*\/?>|<\/?(div|p)>|&nbsp;/gi, '').trim() === '' && composition.parts.length === 0;

/** What the person themselves put into a composition, whatever it answers. */
export const wordsOf = ({ text, format, parts, mentions }: Composition): Partial<Composition> => ({
  text,
  format,
  parts,
  ...(mentions === undefined ? {} : { mentions }),
});
/** One composition with what was written after it under it. */
export function joined(first: Composition, second: Composition): Composition {
  const added = inFormat(second.text, second.format, first.format);
  const pieces = [first.text, added].filter((text) => text !== '');
  return {
    ...first,
    text: pieces.join(first.format === 'html' ? '<br>' : '\n'),
    parts: [...first.parts, ...second.parts],
    ...(second.mentions === undefined ? {} : { mentions: [...(first.mentions ?? []), ...second.mentions] }),
  };
}

/**
 * What was added to a composition while it was being sent: the beginning of the next. Null where nothing was, and for
 * formatted text, whose composer closes.
 * @param more something is still on its way into it
 */
export function writtenSince(sent: Composition, now: Composition, more = false): Composition | null {
  if (sent.format === 'html' || now.format === 'html') return null;
  const text = now.text.startsWith(sent.text) ? now.text.slice(sent.text.length) : now.text;
  const parts = now.parts.filter((part) => !sent.parts.includes(part));
  return text === '' && parts.length === 0 && !more ? null : { ...now, text, parts, replyTo: null, forwards: null };
}

/** The text with the quoted message under it, in the composition's own format. */
export function withQuote(composition: Composition, quoted: { text: string; html: string } | null): Composition {
  if (!quoted) return composition;
  const text =
    composition.format === 'html' ? `${composition.text}<br>${quoted.html}` : `${composition.text}\n\n${quoted.text}`;
  return { ...composition, text };
}

/** The same words in another format; mark-up is lost on the way to plain. */
export function inFormat(text: string, from: Composition['format'], to: Composition['format']): string {
  if ((from === 'html') === (to === 'html')) return text;
  if (to === 'html') return linesAsMail(text);
  return new DOMParser()
    .parseFromString(
      text
        .replace(/<div>\s*<br\s*\/?>\s*<\/div>/gi, '\n')
        .replace(/<br\s*\/?>/gi, '\n')
        .replace(/<li>/gi, '- ')
        .replace(/<\/(div|p|li|h\d|blockquote)>(?!<\/)/gi, '\n'),
      'text/html',
    )
    .body.textContent.replace(/\n{3,}/g, '\n\n')
    .trimEnd();
}
