import type { AttachmentFile } from '../door.ts';
import { attachmentPolicy, everywhere } from './policy.ts';

export interface AttachmentAnswer {
  readonly status: 200 | 206 | 416;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where only the headers were asked for, or the range was bad. */
  readonly body: AsyncIterable<Uint8Array> | undefined;
}

/** How an attachment is answered over HTTP, with one byte range where one is asked for (RFC 9110, section 14). */
export const answerAttachment = (
  file: AttachmentFile,
  request: { readonly method: string; readonly range: string | undefined },
): AttachmentAnswer => {
  const headers = {
    ...everywhere,
    'content-security-policy': attachmentPolicy,
    'content-type': file.type,
    'content-disposition': disposition(file.disposition, file.name),
    // What an id stands for never changes, and none but this window may keep it.
    'cache-control': 'private, max-age=86400',
    'accept-ranges': 'bytes',
  };
  const range = readRange(request.range, file.bytes);
  if (range === 'unsatisfiable') {
    return {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${file.bytes}`, 'content-length': '0' },
      body: undefined,
    };
  }
  const [start, end] = range ?? [0, file.bytes - 1];
  const body = request.method === 'HEAD' ? undefined : file.bytes === 0 ? nothing() : file.read(start, end);
  const length = { 'content-length': String(end - start + 1) };
  return range === undefined
    ? { status: 200, headers: { ...headers, ...length }, body }
    : { status: 206, headers: { ...headers, ...length, 'content-range': `bytes ${start}-${end}/${file.bytes}` }, body };
};

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Undefined: no range, or one to be ignored as RFC 9110 allows (another unit, several at once). */
const readRange = (
  header: string | undefined,
  bytes: number,
): readonly [number, number] | 'unsatisfiable' | undefined => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '') {
    const suffix = Number(last);
    return suffix === 0 || bytes === 0 ? 'unsatisfiable' : [Math.max(0, bytes - suffix), bytes - 1];
  }
  const start = Number(first);
  if (start >= bytes) return 'unsatisfiable';
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  return end < start ? undefined : [start, end];
};

/** RFC 6266 with RFC 8187: an ASCII name for old readers and the real one beside it. No path, no control characters. */
export const disposition = (kind: 'inline' | 'attachment', name: string): string => {
  const clean =
    name
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
      .replace(/[/\\]/g, '_')
      .slice(0, 200) || 'attachment';
  const ascii = clean.replace(/[^\x20-\x7e]|["%]/g, '_');
  const encoded = encodeURIComponent(clean).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
};
