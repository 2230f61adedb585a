import { fold } from '../../../src-shared/text/fold.ts';

/** What the index is told of a message; gathered by ingest, before folding. */
export interface Indexed {
  readonly account: number;
  /** Unix ms. */
  readonly at: number;
  readonly subject: string | null;
  /** Every text part without mark-up, and the words of the other parts. */
  readonly texts: readonly string[];
  /** Author's names and key. */
  readonly author: readonly string[];
  /** Recipients' names and keys. */
  readonly recipients: readonly string[];
  readonly files: readonly { readonly name: string; readonly mime: string; readonly inline: boolean }[];
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
/** UTF-16 code units of body indexed; the rest of an enormous message is not searchable. */
const maxBody = 200_000;

export function indexRow(message: Indexed): IndexRow {
  const tags = [`a${message.account}`, `y${new Date(message.at).getUTCFullYear()}`];
  const listed = message.files.filter((file) => !file.inline);
  if (listed.length > 0) tags.push('hasfile');
  if (message.files.some((file) => file.mime.startsWith('image/'))) tags.push('hasimage');
  return {
    subject: fold(message.subject ?? ''),
    body: fold(message.texts.join('\n').slice(0, maxBody)),
    author: fold(message.author.join(' ')),
    recipients: fold(message.recipients.join(' ')),
    files: fold(listed.map((file) => file.name).join(' ')),
    tags: tags.join(' '),
  };
}
