import { Buffer } from 'node:buffer';
import { headersIn, type PayloadPart, payloadOf } from '../_base/mime.ts';

export interface File {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly isInline: boolean;
  readonly contentId: string | undefined;
}
export interface ReadMime {
  readonly body: { readonly contentType: 'text' | 'html'; readonly content: string };
  readonly files: readonly Omit<File, 'id'>[];
}

const field = (part: PayloadPart, name: string) =>
  part.headers.find((one) => one.name.toLowerCase() === name)?.value ?? '';

/** What Exchange keeps of a message: one body, HTML where there is any, and files. */
export function readMime(raw: Buffer): ReadMime {
  const leaves = payloadOf(raw).filter(
    ({ mimeType, parts }) => parts.length === 0 && !mimeType.startsWith('multipart/'),
  );
  const isFile = (part: PayloadPart) =>
    part.filename !== '' ||
    !part.mimeType.startsWith('text/') ||
    /^attachment/i.test(field(part, 'content-disposition'));
  const bodies = leaves.filter((part) => !isFile(part));
  const html = bodies.find(({ mimeType }) => mimeType === 'text/html');
  const text = bodies.find(({ mimeType }) => mimeType === 'text/plain');
  const content = (html ?? text)?.bytes.toString('utf8') ?? '';
  return {
    body: { contentType: html ? 'html' : 'text', content },
    files: leaves.filter(isFile).map((part) => {
      const contentId = /<([^<>]+)>/.exec(field(part, 'content-id'))?.[1];
      return {
        name: part.filename || 'attachment',
        type: part.mimeType,
        bytes: part.bytes,
        isInline: contentId !== undefined,
        contentId,
      };
    }),
  };
}

/** The message with files that are not in it yet. */
export function asRaw(raw: Buffer, files: readonly File[]): Buffer {
  const within = readMime(raw).files.length;
  const added = files.slice(within);
  if (added.length === 0) return raw;
  const end = raw.indexOf('\r\n\r\n');
  const described = /^(content-type|content-transfer-encoding)$/i;
  const headers = headersIn(raw);
  const lines = (wanted: boolean) =>
    headers.filter(({ name }) => described.test(name) === wanted).map(({ name, value }) => `${name}: ${value}\r\n`);
  const pieces = added.map(
    ({ name, type, bytes }) =>
      `--added\r\nContent-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\n` +
      `Content-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64').replace(/(.{76})/g, '$1\r\n')}\r\n`,
  );
  return Buffer.concat([
    Buffer.from(`${lines(false).join('')}Content-Type: multipart/mixed; boundary="added"\r\n\r\n--added\r\n`),
    Buffer.from(`${lines(true).join('')}\r\n`),
    raw.subarray(end + 4),
    Buffer.from(`\r\n${pieces.join('')}--added--\r\n`),
  ]);
}
