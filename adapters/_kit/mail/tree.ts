import type { HeaderField } from './api.ts';
import { signedContent } from './cms.ts';
import { decodeTransfer } from './encodings.ts';
import { headerOf, readHeaders } from './headers.ts';
import { limits } from './limits.ts';
import { type Parameterised, parseParameters } from './parameters.ts';

/** A body part (RFC 2045), its bytes still in the source. */
export interface Entity {
  /**
   * IMAP section number (RFC 3501 section 6.4.5); empty for the message itself when it is a multipart. Within the
   * signature of section n: `n/signed/` and the section there.
   */
  readonly section: string;
  readonly fields: readonly HeaderField[];
  /** Lower case, e.g. `text/plain`; what RFC 2045 section 5.2 says when the field is missing or senseless. */
  readonly mime: string;
  readonly type: Parameterised;
  readonly disposition: Parameterised | undefined;
  readonly encoding: string | undefined;
  /** The body as it stands, not yet decoded. */
  readonly body: Buffer;
  /** Of a multipart, in order; what an opaque signature covers; empty for everything else. */
  readonly children: readonly Entity[];
}

export interface Tree {
  readonly root: Entity;
  readonly damage: readonly string[];
}

interface Walk {
  parts: number;
  readonly damage: Set<string>;
  charsetHint: string | undefined;
}

/** Reads the structure of a message. Never throws; depth, parts and header size are bounded (`limits`). */
export function readTree(source: Uint8Array): Tree {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const walk: Walk = { parts: 0, damage: new Set(), charsetHint: charsetOf(bytes) };
  let start = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
  while (start < bytes.length && (bytes[start] === 0x0a || bytes[start] === 0x0d)) start++;
  const root = readEntity(
    bytes,
    start,
    bytes.length,
    { within: '', section: '', depth: 0, fallback: 'text/plain' },
    walk,
  );
  return { root, damage: [...walk.damage] };
}

/** The first charset a message names: the best guess for 8-bit bytes in its header. */
const charsetOf = (bytes: Buffer): string | undefined =>
  /charset\s*=\s*"?([\w.:-]+)/i.exec(bytes.toString('latin1', 0, 65_536))?.[1];

interface Place {
  /** What goes before the section: the signature it is in. */
  readonly within: string;
  readonly section: string;
  readonly depth: number;
  readonly fallback: string;
}

const mimeType = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/;

function typeOf(fields: readonly HeaderField[], fallback: string): { mime: string; type: Parameterised } {
  const written = headerOf(fields, 'content-type');
  if (written === undefined || written === '') return { mime: fallback, type: parseParameters(fallback) };
  const type = parseParameters(written);
  const mime = type.value.replace(/\s*\/\s*/, '/').split(/[\s,]/)[0] ?? '';
  if (mimeType.test(mime)) return { mime, type };
  // "text" alone is what some mailers call text/plain; anything else unreadable is bytes, unless nothing says so.
  if (mime === 'text' || mime === '') return { mime: fallback, type };
  return { mime: mime === 'html' ? 'text/html' : 'application/octet-stream', type };
}

function readEntity(bytes: Buffer, start: number, end: number, place: Place, walk: Walk): Entity {
  walk.parts++;
  const header = readHeaders(bytes, start, end, walk.charsetHint);
  for (const line of header.damage) walk.damage.add(line);
  const { mime, type } = typeOf(header.fields, place.fallback);
  const rawDisposition = headerOf(header.fields, 'content-disposition');
  const encoding = headerOf(header.fields, 'content-transfer-encoding')?.split(/[;\s]/)[0]?.toLowerCase();
  const common = {
    fields: header.fields,
    type,
    disposition: rawDisposition ? parseParameters(rawDisposition) : undefined,
    body: bytes.subarray(header.bodyStart, end),
  };
  const section = place.within + (place.section || '1');
  const isDeep = place.depth >= limits.depth;
  if (!mime.startsWith('multipart/')) {
    const children = isDeep ? [] : readSigned({ ...common, section, mime, encoding, children: [] }, place, walk);
    return { ...common, section, mime, encoding, children };
  }
  if (isDeep) {
    walk.damage.add('multiparts are nested too deeply');
    return { ...common, section, mime: 'application/octet-stream', encoding, children: [] };
  }
  let children = readMultipart(common.body, mime, type.parameters.get('boundary'), place, walk);
  if (children.length === 0 && (encoding === 'base64' || encoding === 'quoted-printable')) {
    // RFC 2045 section 6.4 forbids it, mailers do it.
    const decoded = decodeTransfer(common.body, encoding);
    children = readMultipart(decoded, mime, type.parameters.get('boundary'), place, walk);
  }
  if (children.length > 0) return { ...common, section: place.within + place.section, mime, encoding, children };
  walk.damage.add('a multipart without parts');
  return { ...common, section, mime: 'text/plain', encoding, children: [] };
}

/** Whether this may be a signature around a whole message, or ciphertext (RFC 8551 sections 3.2 and 3.5.2). */
export const isPkcs7 = ({ mime, type }: Entity): boolean =>
  /^application\/(?:x-)?pkcs7-mime$/.test(mime) ||
  (mime === 'application/octet-stream' && (type.parameters.get('name') ?? '').toLowerCase() === 'smime.p7m');

/** What an opaque signature covers, read as the message it is; nothing for anything else. */
function readSigned(entity: Entity, place: Place, walk: Walk): Entity[] {
  if (!isPkcs7(entity) || walk.parts >= limits.parts) return [];
  const inner = signedContent(contentOf(entity));
  if (!inner) return [];
  const within = `${entity.section}/signed/`;
  return [
    readEntity(inner, 0, inner.length, { within, section: '', depth: place.depth + 1, fallback: 'text/plain' }, walk),
  ];
}

function readMultipart(body: Buffer, mime: string, boundary: string | undefined, place: Place, walk: Walk): Entity[] {
  let ranges = boundary ? split(body, `--${boundary.trimEnd()}`, walk) : [];
  // Some mailers write the delimiter into the header, dashes and all, and then no more of them into the body.
  if (ranges.length === 0 && boundary?.startsWith('--')) ranges = split(body, boundary.trimEnd(), walk);
  if (ranges.length === 0) {
    const guessed = guessBoundary(body);
    if (guessed !== undefined && guessed !== boundary) {
      walk.damage.add('the boundary is not the one the header names');
      ranges = split(body, `--${guessed}`, walk);
    }
  }
  const fallback = mime === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const children: Entity[] = [];
  for (const [from, to] of ranges) {
    if (walk.parts >= limits.parts) {
      walk.damage.add('too many parts');
      break;
    }
    const section = `${place.section === '' ? '' : `${place.section}.`}${children.length + 1}`;
    children.push(
      readEntity(body, from, to, { within: place.within, section, depth: place.depth + 1, fallback }, walk),
    );
  }
  return children;
}

/** Where the parts between the lines of a delimiter are (RFC 2046 section 5.1.1). The line end before a delimiter belongs to it. */
function split(body: Buffer, delimiter: string, walk: Walk): [number, number][] {
  const marker = Buffer.from(delimiter, /[\u0100-\uffff]/.test(delimiter) ? 'utf8' : 'latin1');
  const ranges: [number, number][] = [];
  let open: number | undefined;
  let closed = false;
  for (let at = body.indexOf(marker); at >= 0; at = body.indexOf(marker, at + marker.length)) {
    const before = body[at - 1];
    if (at > 0 && before !== 0x0a && before !== 0x0d) continue;
    const feed = body.indexOf(0x0a, at + marker.length);
    const lineEnd = feed < 0 ? body.length : feed;
    const rest = body.toString('latin1', at + marker.length, Math.min(lineEnd, at + marker.length + 200)).trim();
    if (rest !== '' && rest !== '--' && !/^--[^\w'()+,./:=?-]/.test(rest)) continue;
    if (open !== undefined) ranges.push([open, Math.max(open, beforeLineEnd(body, at))]);
    closed = rest !== '';
    open = closed ? undefined : Math.min(lineEnd + 1, body.length);
    if (ranges.length > limits.parts) break;
  }
  if (open !== undefined) {
    walk.damage.add('a multipart is not closed');
    if (open < body.length) ranges.push([open, body.length]);
  }
  return ranges;
}
function beforeLineEnd(body: Buffer, at: number): number {
  if (body[at - 1] !== 0x0a) return body[at - 1] === 0x0d ? at - 1 : at;
  return body[at - 2] === 0x0d ? at - 2 : at - 1;
}

/** A boundary nobody named: the first line that begins with "--" and comes back, or is followed by a part's header. */
function guessBoundary(body: Buffer): string | undefined {
  const text = body.toString('latin1', 0, 65_536);
  const line = /(?:^|\n)--([^\s-][^\r\n]{0,200}?)[ \t]*\r?\n(?=Content-)/i.exec(text);
  return line?.[1];
}

/** Content of a part, transfer encoding undone. */
export const contentOf = (entity: Entity): Buffer => decodeTransfer(entity.body, entity.encoding);

/** Every part, the message itself first, depth first. */
export function* entitiesOf(root: Entity): Generator<Entity> {
  yield root;
  for (const child of root.children) yield* entitiesOf(child);
}
