import type { Payload } from './wire.ts';

/** A part with the section number IMAP would give it (RFC 3501 section 6.4.5), which the mail kit makes its refs from. */
export interface Section {
  readonly section: string;
  readonly part: Payload;
}
/** Deeper or wider than any sound message; what goes beyond is left to the original. */
const deepest = 30;
const most = 500;

/**
 * Gmail opens a mail within a mail (RFC 2046 section 5.2) like a container; to whoever reads it is a file, whole, and its words
 * are not those of the mail it came with.
 */
const isWithin = ({ mimeType = '' }: Payload): boolean => /^message\//i.test(mimeType);

/** Every leaf, in order. */
export function sectionsOf(root: Payload): readonly Section[] {
  const found: Section[] = [];
  const visit = (part: Payload, section: string, depth: number): void => {
    if (found.length >= most || depth > deepest) return;
    if (part.parts === undefined || part.parts.length === 0 || isWithin(part))
      found.push({ section: section || '1', part });
    else
      part.parts.forEach((child, index) => {
        visit(child, section === '' ? `${index + 1}` : `${section}.${index + 1}`, depth + 1);
      });
  };
  visit(root, '', 0);
  return found;
}

const strict = new TextDecoder('utf-8', { fatal: true });
/** Bytes that are sound UTF-8 and more than ASCII are UTF-8, whatever a header says: Gmail may have converted them. */
function isUtf8(bytes: Buffer): boolean {
  if (!bytes.some((byte) => byte >= 0x80)) return false;
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** RFC 5322 section 2.2: no line ends within a value, no colon or blank in a name. */
const line = (name: string, value: string): string =>
  `${name.replace(/[^\x21-\x39\x3b-\x7e]/g, '') || 'X-Unnamed'}: ${value.replace(/\r?\n/g, ' ')}\r\n`;
/** A stretch of fields, as reports are made of (RFC 3464 section 2.1), whichever way it was taken apart. */
const fieldsOf = ({ headers = [], body }: Payload): string =>
  `${headers.map(({ name, value }) => line(name, value)).join('')}${Buffer.from(body?.data ?? '', 'base64url').toString('utf8')}\r\n`;
const described = new Set(['content-type', 'content-transfer-encoding']);

/**
 * Puts together again, as RFC 5322 and MIME, what `format=full` took apart: the header sections word for word, the
 * texts, and every other part without its bytes. So one parser reads all mail, and a large attachment costs nothing
 * before it is opened.
 */
export function toSource(root: Payload): Uint8Array<ArrayBuffer> {
  const pieces: Buffer[] = [];
  const write = (text: string) => pieces.push(Buffer.from(text, 'utf8'));
  let boundaries = 0;
  const visit = (part: Payload, depth: number): void => {
    const headers = part.headers ?? [];
    const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value;
    const children = depth < deepest ? (part.parts ?? []) : [];
    for (const { name, value } of headers) if (!described.has(name.toLowerCase())) write(line(name, value));
    const mime = part.mimeType ?? 'text/plain';
    if (children.length > 0 && isWithin(part)) {
      write(`${line('Content-Type', type ?? mime)}\r\n`);
      const [first = {}] = children;
      if (/^message\/(rfc822|global)$/i.test(mime))
        visit(children.length === 1 ? first : { mimeType: 'multipart/mixed', parts: children }, depth + 1);
      else for (const child of children) write(fieldsOf(child));
      return;
    }
    if (children.length > 0) {
      // Unlike anything in a body, for all of those are base64.
      const boundary = `=_carillon-${++boundaries}`;
      const kind = mime.startsWith('multipart/') ? mime : 'multipart/mixed';
      const kept = type?.replace(/;\s*boundary\s*=\s*("[^"]*"|[^;]*)/i, '') ?? kind;
      write(line('Content-Type', `${kept.startsWith('multipart/') ? kept : kind}; boundary="${boundary}"`));
      write('\r\n');
      for (const child of children) {
        write(`\r\n--${boundary}\r\n`);
        visit(child, depth + 1);
      }
      write(`\r\n--${boundary}--\r\n`);
      return;
    }
    const bytes = Buffer.from(part.body?.data ?? '', 'base64url');
    const written = type ?? (part.filename ? `${mime}; name="${part.filename.replace(/["\\]/g, '')}"` : mime);
    write(
      line(
        'Content-Type',
        isUtf8(bytes) ? `${written.replace(/;\s*charset\s*=\s*("[^"]*"|[^;]*)/i, '')}; charset=utf-8` : written,
      ),
    );
    write('Content-Transfer-Encoding: base64\r\n\r\n');
    write(bytes.toString('base64').replace(/.{76}/g, '$&\r\n'));
  };
  visit(root, 0);
  return new Uint8Array(Buffer.concat(pieces));
}
