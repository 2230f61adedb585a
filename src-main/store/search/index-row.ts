import type { Content, Part } from '../../../src-shared/model/index.ts';
import { indexText } from '../../../src-shared/search/index.ts';
import { fileNames, partText } from './part-text.ts';
import { havingsOf, tag } from './tags.ts';

/** What ingest tells the index of a message besides its words. */
export interface Indexed {
  readonly account: number;
  readonly fromMe: boolean;
  /** One of the account's own people is among the recipients. */
  readonly toMe: boolean;
  /** Words of the author (personWords): what `from:` may say. */
  readonly author: string;
  /** Words of the recipients: what `to:` may say. */
  readonly recipients: string;
}
/** What a content brings to the index, folded. */
export interface ContentWords {
  readonly subject: string;
  readonly body: string;
  readonly files: string;
  /** Its tags. */
  readonly has: readonly string[];
}
/** Columns of `message_fts`, folded. */
export interface IndexRow {
  readonly subject: string;
  readonly body: string;
  readonly author: string;
  readonly recipients: string;
  readonly files: string;
  readonly tags: string;
}

/** Longest text indexed of one message, UTF-16 units: a log file pasted into a mail must not outweigh a year of letters. */
export const maxIndexedText = 200_000;

/** Quoted text is indexed too: the message it quotes may never have reached this inbox. */
export const contentWords = ({ subject, parts }: Pick<Content, 'subject' | 'parts'>): ContentWords => ({
  subject: indexText(subject ?? ''),
  body: narrow(indexText(bodyText(parts))),
  files: indexText(parts.flatMap(fileNames).join(' ')),
  has: havingsOf(parts).map(tag.has),
});

const wide = /[^\0-\x7f]/;
/**
 * A string made out of one with wider letters keeps two bytes for each, though folding has left ASCII alone: written anew
 * it crosses threads and becomes UTF-8 in half the time.
 */
const narrow = (text: string): string => (wide.test(text) ? text : Buffer.from(text, 'latin1').toString('latin1'));

/** Names and keys by which one person may be asked for, folded; the same one once. */
export const personWords = (texts: readonly (string | null | undefined)[]): string =>
  indexText([...new Set(texts)].filter(Boolean).join(' '));

export const indexRow = (message: Indexed, { subject, body, files, has }: ContentWords): IndexRow => ({
  subject,
  body,
  author: message.author,
  recipients: message.recipients,
  files,
  tags: [...tagsOf(message), ...has].join(' '),
});

/** The readable text of all parts, at most `maxIndexedText` long. */
export function bodyText(parts: readonly Part[]): string {
  const [only] = parts;
  const text = parts.length === 1 && only ? partText(only) : parts.map(partText).filter(Boolean).join('\n');
  return text.length > maxIndexedText ? text.slice(0, maxIndexedText) : text;
}

const tagsOf = ({ account, fromMe, toMe }: Indexed): string[] => [
  tag.account(account),
  ...(fromMe ? [tag.fromMe] : []),
  ...(toMe ? [tag.toMe] : []),
];
