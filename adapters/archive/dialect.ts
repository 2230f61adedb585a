/**
 * The four kinds of mbox differ in what they do to lines of a body that begin with "From ".
 * mboxo puts ">" before them; mboxrd also before those that already have ">"; mboxcl does as mboxo and gives a
 * Content-Length; mboxcl2 gives the length and changes nothing.
 */
export type Dialect = 'mboxo' | 'mboxrd' | 'mboxcl' | 'mboxcl2';

/** What was seen in the beginning of a file that tells them apart. */
export interface Evidence {
  /** Messages whose Content-Length led exactly to the next separator. */
  lengths: number;
  /** Lines "From " left alone in bodies of right lengths. */
  bare: number;
  /** ">>From " amid lines quoted once: written by mboxrd from a quoted ">From ". */
  doubled: number;
  /** ">>From " amid lines quoted twice: somebody's own text, left alone by mboxo. */
  untouched: number;
}

export function dialectOf({ lengths, bare, doubled, untouched }: Evidence): Dialect {
  if (lengths > 0) return bare > 0 ? 'mboxcl2' : 'mboxcl';
  return untouched > doubled ? 'mboxo' : 'mboxrd';
}

/** Counts into `evidence` what one message body shows. */
export function weigh(body: Buffer, lengthHeld: boolean, evidence: Evidence): void {
  if (lengthHeld) {
    evidence.lengths++;
    if (body.indexOf('\nFrom ') >= 0) evidence.bare++;
  }
  for (let at = body.indexOf('\n>>From '); at >= 0; at = body.indexOf('\n>>From ', at + 1)) {
    const before = body.toString('latin1', Math.max(0, body.lastIndexOf('\n', at - 1) + 1), at);
    const end = body.indexOf('\n', at + 1);
    const after = end < 0 ? '' : body.toString('latin1', end + 1, end + 4);
    if (/^> ?>/.test(before) || /^> ?>/.test(after)) evidence.untouched++;
    else if (before.startsWith('>') || after.startsWith('>')) evidence.doubled++;
  }
}

/** A message as it was before it was written into the file. */
export function unquote(message: Buffer, dialect: Dialect): Buffer {
  if (dialect === 'mboxcl2' || message.indexOf('>From ') < 0) return message;
  const deepest = dialect === 'mboxrd' ? Number.POSITIVE_INFINITY : 1;
  const out = Buffer.allocUnsafe(message.length);
  let length = 0;
  let copied = 0;
  for (let at = message.indexOf('>From '); at >= 0; at = message.indexOf('>From ', at + 1)) {
    let first = at;
    while (first > 0 && message[first - 1] === 0x3e) first--;
    if ((first > 0 && message[first - 1] !== 0x0a) || at - first + 1 > deepest) continue;
    length += message.copy(out, length, copied, first);
    copied = first + 1;
  }
  length += message.copy(out, length, copied);
  return out.subarray(0, length);
}
