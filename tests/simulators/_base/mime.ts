import { Buffer } from 'node:buffer';
import type { Said } from './script.ts';

export interface Header {
  readonly name: string;
  readonly value: string;
}
/** A part as Gmail's `payload` shows it, flattened; `depth` by the dots of its id. */
export interface PayloadPart {
  readonly partId: string;
  readonly mimeType: string;
  readonly filename: string;
  readonly headers: readonly Header[];
  readonly bytes: Buffer;
  readonly parts: readonly PayloadPart[];
}

const splitAt = (raw: Buffer): { head: string; body: Buffer } => {
  const end = raw.indexOf('\r\n\r\n');
  return end < 0
    ? { head: raw.toString('utf8'), body: Buffer.alloc(0) }
    : { head: raw.toString('utf8', 0, end), body: raw.subarray(end + 4) };
};
const fieldsOf = (head: string): Header[] =>
  head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 1 ? [] : [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }];
    });
export const headersIn = (raw: Buffer): readonly Header[] => fieldsOf(splitAt(raw).head);

/** The same message with one header field set, or taken out. */
export function writeHeader(raw: Buffer, name: string, value: string | undefined): Buffer {
  const { head, body } = splitAt(raw);
  const kept = head
    .split(/\r\n(?![ \t])/)
    .filter((line) => !line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .join('\r\n');
  const line = value === undefined ? '' : `${name}: ${value}\r\n`;
  return Buffer.concat([Buffer.from(`${line}${kept}\r\n\r\n`), body]);
}

const fieldOf = (headers: readonly Header[], name: string): string =>
  headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';
const parameter = (value: string, name: string): string =>
  new RegExp(`${name}="?([^";]+)"?`, 'i').exec(value)?.[1] ?? '';

function decoded(body: Buffer, encoding: string): Buffer {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return Buffer.from(
        body
          .toString('latin1')
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      );
    default:
      return body;
  }
}

/** The tree Gmail makes of a message: ids "", "0", "0.1", transfer encodings undone, charsets as they were. */
export function treeOf(raw: Buffer, partId = ''): PayloadPart {
  const { head, body } = splitAt(raw);
  const headers = fieldsOf(head);
  const type = fieldOf(headers, 'content-type') || 'text/plain';
  const mimeType = (type.split(';')[0] ?? '').trim().toLowerCase();
  const disposition = fieldOf(headers, 'content-disposition');
  const filename = parameter(disposition, 'filename') || parameter(type, 'name');
  const boundary = parameter(type, 'boundary');
  if (mimeType.startsWith('multipart/') && boundary !== '') {
    const text = body.toString('latin1');
    const pieces = text.split(
      new RegExp(`(?:^|\\r\\n)--${boundary.replace(/[^\w]/g, '\\$&')}(?:--)?[ \\t]*(?:\\r\\n|$)`),
    );
    const parts = pieces
      .slice(1, -1)
      .map((piece, index) =>
        treeOf(Buffer.from(piece, 'latin1'), partId === '' ? String(index) : `${partId}.${index}`),
      );
    return { partId, mimeType, filename, headers, bytes: Buffer.alloc(0), parts };
  }
  const bytes = decoded(body, fieldOf(headers, 'content-transfer-encoding'));
  return { partId, mimeType, filename, headers, bytes, parts: [] };
}
const flat = (part: PayloadPart): readonly PayloadPart[] => [part, ...part.parts.flatMap(flat)];
export const payloadOf = (raw: Buffer): readonly PayloadPart[] => flat(treeOf(raw));

const word = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
const folded = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('base64')
    .replace(/(.{76})/g, '$1\r\n');

export interface Letter {
  readonly from: { readonly name: string; readonly email: string };
  readonly to: readonly { readonly name: string; readonly email: string }[];
  readonly subject: string;
  readonly at: number;
  readonly messageId: string;
  readonly references: readonly string[];
  readonly text: string;
  readonly html?: string;
  readonly file?: Said['file'];
}
/** A letter as a mailer writes it. */
export function write(letter: Letter): Buffer {
  const box = ({ name, email }: { name: string; email: string }) => `${word(name)} <${email}>`;
  const head = [
    `Message-ID: <${letter.messageId}>`,
    `Date: ${new Date(letter.at).toUTCString().replace('GMT', '+0000')}`,
    `From: ${box(letter.from)}`,
    `To: ${letter.to.map(box).join(', ')}`,
    `Subject: ${word(letter.subject)}`,
    ...(letter.references.length === 0
      ? []
      : [
          `In-Reply-To: <${letter.references.at(-1)}>`,
          `References: ${letter.references.map((id) => `<${id}>`).join(' ')}`,
        ]),
    'MIME-Version: 1.0',
  ];
  const plain = `Content-Type: text/plain; charset="UTF-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n${folded(Buffer.from(letter.text))}`;
  const words =
    letter.html === undefined
      ? plain
      : [
          'Content-Type: multipart/alternative; boundary="words"\r\n',
          `--words\r\n${plain}`,
          `--words\r\nContent-Type: text/html; charset="UTF-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n${folded(Buffer.from(letter.html))}`,
          '--words--\r\n',
        ].join('\r\n');
  if (!letter.file) return Buffer.from(`${head.join('\r\n')}\r\n${words}\r\n`);
  const { name, type, bytes } = letter.file;
  return Buffer.from(
    [
      ...head,
      'Content-Type: multipart/mixed; boundary="whole"\r\n',
      `--whole\r\n${words}`,
      `--whole\r\nContent-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"`,
      `Content-Transfer-Encoding: base64\r\n\r\n${folded(bytes)}`,
      '--whole--\r\n',
    ].join('\r\n'),
  );
}
