import type { HeaderField } from './api.ts';
import { decodeText } from './charset.ts';
import { limits } from './limits.ts';

export interface HeaderSection {
  readonly fields: readonly HeaderField[];
  /** Offset of the first byte of the body. */
  readonly bodyStart: number;
  readonly damage: readonly string[];
}

// RFC 5322 section 2.2: any printable ASCII but the colon; blanks before the colon are obsolete syntax (section 4.5).
const field = /^([!-9;-~]+)[ \t]*:/;

interface RawField {
  readonly name: string;
  /** One piece a line, folding taken out. */
  readonly lines: string[];
}

/** The line at `start` without its end, and where the next begins. */
function lineAt(bytes: Buffer, start: number, end: number): { text: string; next: number } {
  const feed = bytes.indexOf(0x0a, start);
  const stop = Math.min(feed < 0 || feed >= end ? end : feed, start + limits.headerBytes);
  const cut = stop > start && bytes[stop - 1] === 0x0d ? stop - 1 : stop;
  return { text: bytes.toString('latin1', start, cut), next: Math.min(stop + 1, end) };
}

/**
 * Reads the header section of `bytes[start, end)`. A line that is no field and no continuation ends the section when
 * a body follows, and is taken into the field before it when more fields follow (a mailer that folded badly).
 */
export function readHeaders(bytes: Buffer, start: number, end: number, charsetHint?: string): HeaderSection {
  const raw: RawField[] = [];
  const damage: string[] = [];
  const stop = Math.min(end, start + limits.headerBytes);
  let at = start;
  let last: RawField | undefined;
  while (at < stop) {
    const { text, next } = lineAt(bytes, at, end);
    // A line of blanks is no end of the header when a field comes next (obsolete folding, RFC 5322 section 4.2).
    if (text === '' || (text.trim() === '' && !fieldFollows(bytes, next, end))) {
      at = next;
      return done(raw, at, damage, charsetHint);
    }
    // A first field pushed in by blanks is still a field.
    const match = field.exec(last ? text : text.trimStart());
    if ((text[0] === ' ' || text[0] === '\t') && last) last.lines.push(text.trim());
    else if (match) {
      if (raw.length < limits.headerFields) {
        last = {
          name: (match[1] ?? '').toLowerCase(),
          lines: [(last ? text : text.trimStart()).slice(match[0].length).trim()],
        };
        raw.push(last);
      } else last = undefined;
    } else if (at === start && /^>?From /.test(text)) {
      // An mbox separator that came along (RFC 4155).
    } else if (last && fieldFollows(bytes, next, end)) {
      damage.push('a header line is neither a field nor folded');
      last.lines.push(text.trim());
    } else {
      damage.push('no blank line between header and body');
      return done(raw, at, damage, charsetHint);
    }
    at = next;
  }
  if (stop < end) {
    damage.push('the header is too long and was cut');
    const blank = bytes.indexOf('\n\n', stop, 'latin1');
    const blankCrlf = bytes.indexOf('\r\n\r\n', stop, 'latin1');
    const found = [blank < 0 ? end : blank + 2, blankCrlf < 0 ? end : blankCrlf + 4];
    at = Math.min(end, ...found);
  }
  return done(raw, at, damage, charsetHint);
}

function fieldFollows(bytes: Buffer, at: number, end: number): boolean {
  if (at >= end) return false;
  const { text } = lineAt(bytes, at, Math.min(end, at + 1000));
  return field.test(text) && !/^(?:https?|mailto|ftp):/i.test(text);
}
function done(raw: readonly RawField[], bodyStart: number, damage: string[], hint?: string): HeaderSection {
  return {
    bodyStart,
    damage,
    fields: raw.map(({ name, lines }) => ({ name, value: readable(lines.join(' ').trim(), hint) })),
  };
}
/** Header bytes above 127 are UTF-8 (RFC 6532) or whatever the body is in. */
const readable = (value: string, hint?: string): string =>
  /[\x80-\xff]/.test(value) ? decodeText(Buffer.from(value, 'latin1'), undefined, hint) : value;

/** The first field of that name (lower case), unfolded. */
export const headerOf = (fields: readonly HeaderField[], name: string): string | undefined =>
  fields.find((one) => one.name === name)?.value;
export const headersOf = (fields: readonly HeaderField[], name: string): string[] =>
  fields.filter((one) => one.name === name).map((one) => one.value);
