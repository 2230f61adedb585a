import type { MessageView } from '../../../src-shared/ipc/index.ts';
import type { Part, Recipient } from '../../../src-shared/model/index.ts';
import { escapeHtml, htmlOf, plainOf } from '../../../src-shared/text/formats.ts';
import { type Author, fullName } from './author.ts';

/** What follows below an answer or a forward: the same words as text and as HTML. The window sanitises the HTML before showing it. */
export interface Quoted {
  readonly text: string;
  readonly html: string;
}
export type Language = 'en' | 'pl';

const words = {
  en: {
    wrote: (when: string, who: string) => `On ${when}, ${who} wrote:`,
    forwarded: '---------- Forwarded message ----------',
    from: 'From',
    date: 'Date',
    subject: 'Subject',
    to: 'To',
    cc: 'Cc',
  },
  pl: {
    wrote: (when: string, who: string) => `W dniu ${when} ${who} pisze:`,
    forwarded: '---------- Wiadomość przekazana ----------',
    from: 'Od',
    date: 'Data',
    subject: 'Temat',
    to: 'Do',
    cc: 'DW',
  },
} as const;

/** A person who writes Polish quotes in Polish; everyone else in English. */
export const languageOf = (setting: 'system' | Language): Language =>
  setting === 'system' ? (Intl.DateTimeFormat().resolvedOptions().locale.startsWith('pl') ? 'pl' : 'en') : setting;

export function textOf(message: MessageView): string {
  return message.parts
    .flatMap((part) => (part.kind === 'text' ? [part.plain ?? plainOf(part.text, part.format)] : []))
    .join('\n\n');
}
/** What goes out with mark-up carries its words beside it, as what comes in does: lists and search show those. */
export const withWords = (part: Part): Part =>
  part.kind === 'text' && part.format === 'markdown' && part.plain === undefined
    ? { ...part, plain: plainOf(part.text, part.format) }
    : part;
const htmlOfMessage = (parts: readonly Part[]): string =>
  parts.flatMap((part) => (part.kind === 'text' ? [htmlOf(part.text, part.format)] : [])).join('<br><br>');

const when = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(language === 'pl' ? 'pl-PL' : 'en-GB', { dateStyle: 'long', timeStyle: 'short' }).format(at);
const asLine = (recipient: Recipient): string =>
  recipient.name ? `${recipient.name} <${recipient.key}>` : recipient.key;

export function quoteForAnswer(message: MessageView, author: Author, language: Language): Quoted {
  const line = words[language].wrote(when(message.at, language), fullName(author));
  const text = textOf(message)
    .split('\n')
    .map((each) => (each.startsWith('>') ? `>${each}` : `> ${each}`.trimEnd()))
    .join('\n');
  return {
    text: `${line}\n${text}`,
    html: `<div>${escapeHtml(line)}</div><blockquote type="cite">${htmlOfMessage(message.parts)}</blockquote>`,
  };
}

export function quoteForForward(message: MessageView, author: Author, language: Language): Quoted {
  const say = words[language];
  const list = (role: Recipient['role']): string =>
    message.recipients
      .filter((each) => each.role === role)
      .map(asLine)
      .join(', ');
  const header = [
    [say.from, fullName(author)],
    [say.date, when(message.at, language)],
    [say.subject, message.subject ?? ''],
    [say.to, list('to')],
    [say.cc, list('cc')],
  ]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`);
  const block = [say.forwarded, ...header];
  return {
    text: `${block.join('\n')}\n\n${textOf(message)}`,
    html: `<div>${block.map(escapeHtml).join('<br>')}</div><br>${htmlOfMessage(message.parts)}`,
  };
}
