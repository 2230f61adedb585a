import { decodeText } from './charset.ts';

/** A character that hides, reorders or breaks what a person reads: C0, C1, zero-width and bidirectional controls, line separators. */
const hidden =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** One line of text fit to be shown in a list: no controls, blanks collapsed. */
export const cleanLine = (text: string): string =>
  text
    .replace(/[\t\r\n]+/g, ' ')
    .replace(hidden, '')
    .replace(/ {2,}/g, ' ')
    .trim();

// The closing "?=" may be missing on a cut header; the text may hold blanks and a lone "?" although RFC 2047 forbids both.
const word = /=\?([^?\s]+)\?([bq])\?((?:[^?]|\?(?!=))*)(?:\?=|$)/gi;

/** Bytes of the text of one encoded word, `b` or `q`. */
export function wordBytes(encoding: string, text: string): Buffer {
  if (encoding === 'b' || encoding === 'B') {
    // Several padded runs in one word: Node stops at the first padding.
    return text.includes('=')
      ? Buffer.concat(text.split(/=+/).map((run) => Buffer.from(run, 'base64')))
      : Buffer.from(text, 'base64');
  }
  const raw = text
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(raw, 'latin1');
}

/**
 * Decodes RFC 2047 encoded words. Blanks between two words vanish, and neighbours of one charset are joined before
 * they are decoded, because real mailers split characters (and base64 groups) across words.
 */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  let out = '';
  let last = 0;
  let run: { charset: string; bytes: Buffer[] } | undefined;
  const flush = () => {
    if (run) out += decodeText(Buffer.concat(run.bytes), run.charset);
    run = undefined;
  };
  for (const match of text.matchAll(word)) {
    const [whole, label = '', encoding = '', body = ''] = match;
    const between = text.slice(last, match.index);
    // RFC 2231 section 5: a language may follow the charset.
    const charset = label.split('*')[0] ?? label;
    if (run && (between.trim() !== '' || run.charset.toLowerCase() !== charset.toLowerCase())) flush();
    if (between.trim() !== '' || last === 0) out += between;
    run ??= { charset, bytes: [] };
    run.bytes.push(wordBytes(encoding, body));
    last = match.index + whole.length;
  }
  flush();
  return out + text.slice(last);
}
