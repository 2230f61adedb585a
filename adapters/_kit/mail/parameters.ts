import { decodeText } from './charset.ts';
import { decodeWords } from './words.ts';

/** A structured header value: `text/plain; charset="utf-8"` gives value `text/plain` and its parameters, names lower-cased. */
export interface Parameterised {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Characters of a header value that are read: more than any file name needs. */
const longest = 32_768;

interface Raw {
  readonly name: string;
  readonly text: string;
}

/** Takes out RFC 5322 comments, which nest and are none inside quotes; in an unquoted value (`name=report (1).pdf`) neither. */
function withoutComments(text: string): string {
  if (!text.includes('(')) return text;
  let out = '';
  let depth = 0;
  let quoted = false;
  let inValue = false;
  const lastClosing = text.lastIndexOf(')');
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (depth === 0 && !quoted && (char === '=' || char === ';')) inValue = char === '=';
    if (char === '\\' && i + 1 < text.length) {
      if (depth === 0) out += char + text[i + 1];
      i++;
    } else if (quoted || (char === '"' && depth === 0)) {
      if (char === '"') quoted = !quoted;
      out += char;
    } else if (char === '(' && (depth > 0 || (!inValue && i < lastClosing))) depth++;
    else if (char === ')' && depth > 0) depth--;
    else if (depth === 0) out += char;
  }
  return out;
}
/** Splits at semicolons outside quotes; a quote that never ends goes to the next semicolon or the end. */
function pieces(text: string): string[] {
  const out: string[] = [];
  let start = 0;
  let i = 0;
  while (i < text.length) {
    const char = text[i];
    if (char === '"') {
      let end = i + 1;
      while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
      i = end < text.length ? end + 1 : i + 1;
    } else if (char === ';') {
      out.push(text.slice(start, i));
      start = ++i;
    } else i++;
  }
  out.push(text.slice(start));
  return out;
}

function unquote(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('"')) return trimmed;
  const close = /^"((?:[^"\\]|\\.)*)"/s.exec(trimmed);
  const inner = close?.[1] ?? trimmed.slice(1).replace(/"$/, '');
  // A Windows path in quotes ("C:\reports\x.doc") is no sequence of escapes: only \" and \\ are undone.
  return inner.replace(/\\(["\\])/g, '$1');
}

const percentBytes = (text: string): Buffer =>
  Buffer.from(
    text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** Joins RFC 2231 continuations (`name*0*=`, `name*1=`), in the order of their numbers, and decodes their charset. */
function join(sections: readonly { index: number; encoded: boolean; text: string }[]): string {
  const sorted = [...sections].sort((a, b) => a.index - b.index);
  let charset: string | undefined;
  const bytes: Buffer[] = [];
  for (const [position, section] of sorted.entries()) {
    let text = section.text;
    if (section.encoded && position === 0) {
      const tag = /^([^']*)'([^']*)'/.exec(text);
      if (tag) {
        charset = tag[1] || undefined;
        text = text.slice(tag[0].length);
      }
    }
    bytes.push(
      section.encoded ? percentBytes(text) : Buffer.from(text, /[\u0100-\uffff]/.test(text) ? 'utf8' : 'latin1'),
    );
  }
  if (charset === undefined && sorted.every((section) => !section.encoded))
    return decodeWords(sorted.map((section) => section.text).join(''));
  return decodeText(Buffer.concat(bytes), charset);
}

/**
 * Reads `value; name=value; ...` with every oddity mail has: RFC 2231, RFC 2047 words in parameters, missing quotes and
 * semicolons, doubled parameters (the first wins).
 */
export function parseParameters(header: string): Parameterised {
  const [first = '', ...rest] = pieces(withoutComments(header.slice(0, longest)));
  const raws: Raw[] = [];
  for (const piece of rest) {
    const equals = piece.indexOf('=');
    if (equals < 0) continue;
    raws.push({ name: piece.slice(0, equals).trim().toLowerCase(), text: unquote(piece.slice(equals + 1)) });
  }
  const parameters = new Map<string, string>();
  const continued = new Map<string, { index: number; encoded: boolean; text: string }[]>();
  for (const { name, text } of raws) {
    const section = /^([^*]+)\*(?:(\d{1,4})(\*)?)?$/.exec(name);
    if (!section) {
      if (name !== '' && !parameters.has(name)) parameters.set(name, decodeWords(text));
      continue;
    }
    const [, base = '', index, star] = section;
    const list = continued.get(base) ?? [];
    list.push({ index: Number(index ?? 0), encoded: index === undefined || star !== undefined, text });
    continued.set(base, list);
  }
  for (const [name, sections] of continued) parameters.set(name, join(sections));
  return { value: first.trim().toLowerCase(), parameters };
}
