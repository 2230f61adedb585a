/** Where a message stands in its conversation: the network's order, else time, else key (SPEC, I-2). */
export interface Position {
  readonly ord: string;
  readonly at: number;
  readonly key: string;
}

const beyondBmp = /[\ud800-\udfff]/;
/** SQLite's BINARY collation: by bytes of UTF-8. UTF-16 units sort alike except beside surrogates. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  if (beyondBmp.test(a) || beyondBmp.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}
/** Negative when `a` stands before `b`. */
export const comparePositions = (a: Position, b: Position): number =>
  compareText(a.ord, b.ord) || a.at - b.at || compareText(a.key, b.key);
