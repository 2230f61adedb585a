import { parseDate } from '../_kit/mail/index.ts';

/** What an mbox separator says: who and when, as far as it does. */
export interface Separator {
  /** Offset of the first byte after the separator line. */
  readonly next: number;
  /** Unix ms; undefined for a bare "From " or "From -". */
  readonly at: number | undefined;
}
/** `more`: what is in the buffer does not yet tell. */
export type Judgement = Separator | 'no' | 'more';

const LF = 0x0a;
const CR = 0x0d;
const longestLine = 1000;
const field = /^[!-9;-~]{1,100}[ \t]*:/;
const clockAndYear = /\d{1,2}:\d{2}.*\d{4}|\d{4}.*\d{1,2}:\d{2}/;

function lineEnd(bytes: Buffer, at: number, end: number): number | undefined {
  const limit = Math.min(end, at + longestLine);
  const feed = bytes.subarray(at, limit).indexOf(LF);
  if (feed >= 0) return at + feed;
  return limit < end || limit - at >= longestLine ? -1 : undefined;
}

/**
 * Is the "From " at `at` the beginning of a message (RFC 4155, appendix A)? Text has lines that begin so too, and many
 * programs do not quote them. A separator names a date (or nothing at all: Thunderbird), and a header field follows.
 * `afterBlank`: an empty line, or the beginning of the file, stands before it; without, the whole line must be in form.
 */
export function judgeSeparator(
  bytes: Buffer,
  at: number,
  end: number,
  afterBlank: boolean,
  complete: boolean,
): Judgement {
  const feed = lineEnd(bytes, at, end);
  if (feed === undefined) return complete ? 'no' : 'more';
  if (feed < 0) return 'no';
  const line = bytes.toString('latin1', at + 5, bytes[feed - 1] === CR ? feed - 1 : feed).trim();
  const bare = line === '' || line === '-';
  const when = bare ? undefined : parseDate(line.replace(/^\S+\s/, ' '));
  if (!bare && (when === undefined || !clockAndYear.test(line))) return 'no';
  if (!afterBlank && (bare || !/^(?:\S+@\S+|MAILER-DAEMON|-) +[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d /.test(line)))
    return 'no';
  let next = feed + 1;
  // mbox files within mbox files: some programs keep the old separator, quoted, as a first line.
  for (let i = 0; i < 2; i++) {
    const stop = lineEnd(bytes, next, end);
    if (stop === undefined && !complete) return 'more';
    const following = bytes.toString('latin1', next, stop === undefined ? end : stop < 0 ? next + longestLine : stop);
    if (field.test(following)) return { next: feed + 1, at: when };
    if (!/^>?From /.test(following)) return 'no';
    next = stop === undefined || stop < 0 ? end : stop + 1;
  }
  return 'no';
}
