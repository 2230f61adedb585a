import { refOf } from '../_kit/mail/index.ts';
import type { Box, File, Message } from './wire.ts';

/** RFC 5322 section 2.2: no line ends within a value, no colon or blank in a name. */
const line = (name: string, value: string): string =>
  `${name.replace(/[^\x21-\x39\x3b-\x7e]/g, '') || 'X-Unnamed'}: ${value.replace(/[\r\n]+/g, ' ')}\r\n`;
const described = new Set(['content-type', 'content-transfer-encoding', 'mime-version', 'content-id', 'bcc']);
const boundary = '=_carillon';

const mailbox = ({ emailAddress: { name = '', address = '' } }: Box): string => {
  const written = name.replace(/["\\\r\n]/g, '').trim();
  return written === '' || written === address ? `<${address}>` : `"${written}" <${address}>`;
};
const list = (boxes: readonly Box[] | undefined): string | undefined =>
  boxes === undefined || boxes.length === 0 ? undefined : boxes.map(mailbox).join(', ');

/** A message attached as one, which Outlook keeps as an item of its own and hands out as MIME. */
const isItem = ({ '@odata.type': type = '' }: File): boolean => /itemAttachment$/i.test(type);
const nameOf = (file: File): string =>
  isItem(file) && !/\.\w+$/.test(file.name ?? '') ? `${file.name || 'message'}.eml` : file.name || 'attachment';

/** Types shown by their kind; all else goes through as bytes and gets its own type back afterwards. */
const typeOf = (file: File): string => {
  const type = (file.contentType ?? '').toLowerCase();
  if (isItem(file)) return 'message/rfc822';
  return /^(image|video|audio)\/[\w.+-]+$/.test(type) || shownTypes.has(type) ? type : 'application/octet-stream';
};
/** Calendars and cards are fetched with the message: they are shown, not opened. */
export const shownTypes: ReadonlySet<string> = new Set([
  'text/calendar',
  'text/vcard',
  'text/x-vcard',
  'application/ics',
]);

/** The reference the parser gives the file of that place, counted from 0. */
export const refAt = (index: number) => refOf(String(index + 2));

/**
 * Puts together again, as RFC 5322 and MIME, what Graph tells apart: the headers as they came, where there are any, the
 * one body it keeps, and the files without their bytes. So one parser reads all mail, and a large attachment costs
 * nothing before it is opened. `shown`: the bytes of those that are shown at once, by id.
 */
export function toSource(
  message: Message,
  files: readonly File[],
  shown: ReadonlyMap<string, Uint8Array>,
): Uint8Array<ArrayBuffer> {
  const given = (message.internetMessageHeaders ?? []).filter(({ name }) => !described.has(name.toLowerCase()));
  const has = new Set(given.map(({ name }) => name.toLowerCase()));
  const date = message.sentDateTime ?? message.receivedDateTime;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['From', list(message.from ? [message.from] : [])],
    ['To', list(message.toRecipients)],
    ['Cc', list(message.ccRecipients)],
    ['Bcc', list(message.bccRecipients)],
    ['Reply-To', list(message.replyTo)],
    ['Subject', message.subject],
    ['Date', date === undefined ? undefined : new Date(date).toUTCString().replace('GMT', '+0000')],
    ['Message-ID', message.internetMessageId],
  ];
  const pieces: Buffer[] = [];
  const write = (text: string) => pieces.push(Buffer.from(text, 'utf8'));
  const body = (bytes: Uint8Array) =>
    write(
      `Content-Transfer-Encoding: base64\r\n\r\n${Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n')}`,
    );
  for (const { name, value } of given) write(line(name, value));
  for (const [name, value] of fields) if (value !== undefined && !has.has(name.toLowerCase())) write(line(name, value));
  write(`MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n--${boundary}\r\n`);
  const { contentType, content = '' } = message.body ?? {};
  write(`Content-Type: ${contentType?.toLowerCase() === 'text' ? 'text/plain' : 'text/html'}; charset=utf-8\r\n`);
  body(Buffer.from(content, 'utf8'));
  for (const file of files) {
    const inline = file.isInline === true && file.contentId;
    const name = `filename*=UTF-8''${encodeURIComponent(nameOf(file).toWellFormed())}`;
    write(`\r\n--${boundary}\r\nContent-Type: ${typeOf(file)}\r\n`);
    write(`Content-Disposition: ${inline ? 'inline' : 'attachment'}; ${name}\r\n`);
    if (file.contentId) write(line('Content-ID', `<${file.contentId.replace(/[<>\s]/g, '')}>`));
    body(shown.get(file.id) ?? new Uint8Array());
  }
  write(`\r\n--${boundary}--\r\n`);
  return new Uint8Array(Buffer.concat(pieces));
}

/** What only the bytes themselves tell: meeting requests, and mail that is signed or encrypted. */
export function needsWhole(message: Message): boolean {
  const type = message.internetMessageHeaders?.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  return (
    /eventMessage/i.test(message['@odata.type'] ?? '') ||
    /^\s*(multipart\/(signed|encrypted)|application\/(x-)?pkcs7)/i.test(type)
  );
}
