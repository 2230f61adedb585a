/** One piece of the search box between blanks: `-from:"Anna Nowak"` is negated, operator `from`, value `Anna Nowak`, quoted. */
export interface Token {
  readonly negated: boolean;
  /** Lower case, without the colon; null for plain words. */
  readonly operator: string | null;
  readonly value: string;
  readonly quoted: boolean;
  /** The piece as typed, without its minus sign. */
  readonly source: string;
  /** The box ends right after it: its last word may not be finished. */
  readonly open: boolean;
}

const piece = /(-?)(?:([\p{L}_-]+):)?(?:["“”„]([^"“”„]*)(["“”„]|$)|(\S+))/uy;
const blanks = /\s*/uy;

/**
 * Cuts the box into pieces. Any text is cut somehow and nothing of it is lost: an operator without a value is a word,
 * a quotation mark without its partner closes at the end.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (true) {
    blanks.lastIndex = at;
    blanks.test(text);
    at = blanks.lastIndex;
    if (at >= text.length) return tokens;
    piece.lastIndex = at;
    const found = piece.exec(text);
    // A lone blank operator ("from: anna") leaves nothing for the value: it is taken as a word up to the next blank.
    const [whole, minus, operator, phrase, , bare] = found ?? [];
    if (whole === undefined || whole.length === 0) {
      const end = text.slice(at).search(/\s/u);
      const word = end < 0 ? text.slice(at) : text.slice(at, at + end);
      tokens.push({ negated: false, operator: null, value: word, quoted: false, source: word, open: end < 0 });
      at += Math.max(1, word.length);
      continue;
    }
    at += whole.length;
    tokens.push({
      negated: minus === '-',
      operator: operator?.toLowerCase() ?? null,
      value: phrase ?? bare ?? '',
      quoted: phrase !== undefined,
      source: whole.slice(minus?.length ?? 0),
      open: at >= text.length,
    });
  }
}
