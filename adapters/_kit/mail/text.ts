import { decodeText } from './charset.ts';
import { decodeTransfer, decodeUuencode } from './encodings.ts';
import { unfoldFlowed } from './flowed.ts';
import { limits } from './limits.ts';
import type { Parameterised } from './parameters.ts';

/** Line ends made LF; characters no text holds (NUL and the other controls but tab, newline, form feed) taken out. */
export function tidy(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return /[\x00-\x08\x0b\x0e-\x1f\x7f]/.test(lines)
    ? lines.replace(/[\x00-\x08\x0b\x0e-\x1f\x7f]/g, '').toWellFormed()
    : lines.toWellFormed();
}

interface Encoded {
  readonly body: Buffer;
  readonly encoding: string | undefined;
  readonly type: Parameterised;
}

/** Text of a text part, at most `limits.textBytes` of it; `cut` tells whether something is missing. */
export function textOf({ body, encoding, type }: Encoded): { text: string; cut: boolean } {
  // Every encoding grows text at most threefold (quoted-printable).
  const decoded = decodeTransfer(body.subarray(0, limits.textBytes * 3), encoding);
  const bytes = decoded.subarray(0, limits.textBytes);
  return {
    text: tidy(decodeText(bytes, charsetOf(type, bytes))),
    cut: bytes.length < decoded.length || body.length > limits.textBytes * 3,
  };
}

/** The charset the header names; for HTML without one, what its own head says. */
function charsetOf(type: Parameterised, bytes: Buffer): string | undefined {
  const named = type.parameters.get('charset');
  if (named !== undefined || !type.value.includes('html')) return named;
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)/i.exec(bytes.toString('latin1', 0, 2048))?.[1];
}

/** Plain text as a person should read it: flowed lines joined. */
export function plainOf(part: Encoded): { text: string; cut: boolean } {
  const { text, cut } = textOf(part);
  const flowed = part.type.parameters.get('format')?.toLowerCase() === 'flowed';
  return { text: flowed ? unfoldFlowed(text, part.type.parameters.get('delsp')?.toLowerCase() === 'yes') : text, cut };
}

/** text/enriched (RFC 1896) and text/richtext (RFC 1341) without their commands. */
export const withoutEnrichment = (text: string): string =>
  text
    .replace(/<param>[^<]{0,2000}<\/param>/gi, '')
    .replace(/<nl>/gi, '\n')
    .replace(/<(?:lt)>|<</gi, '\u0000')
    .replace(/<\/?[a-z0-9-]{1,60}>/gi, '')
    .replace(/\n(\n*)/g, (_, more: string) => more || ' ')
    .replaceAll('\u0000', '<');

/** A file sent the old way, inside the text. */
export interface Uufile {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const mostUufiles = 200;

/** Uuencoded files in plain text: `begin 644 name`, lines of the right length, `end`. */
export function uufilesOf(text: string): Uufile[] {
  if (!text.includes('begin ')) return [];
  const found: Uufile[] = [];
  const opening = /^begin [0-7]{3,4} ([^\n]{1,255})\n/gm;
  for (let tries = 0, match = opening.exec(text); match && tries < mostUufiles; match = opening.exec(text), tries++) {
    const from = match.index + match[0].length;
    const close = /^end[ \t]*$/m.exec(text.slice(from));
    if (!close) break;
    const end = from + close.index + close[0].length;
    // Looked at once whatever it is: a text full of false beginnings costs no more than its length.
    opening.lastIndex = end;
    const lines = text.slice(from, from + close.index).split('\n');
    const coded = lines.filter((line) => line.trim() !== '' && line !== '`');
    const sound = coded.filter((line) => /^[ -`]+$/.test(line) && line.length <= 64).length;
    if (coded.length === 0 || sound < coded.length * 0.9) continue;
    found.push({ name: (match[1] ?? '').trim(), start: match.index, end });
  }
  return found;
}
export const uufileBytes = (text: string, file: Uufile): Buffer => decodeUuencode(text.slice(file.start, file.end));
