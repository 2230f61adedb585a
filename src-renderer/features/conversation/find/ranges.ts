import { fold } from '../../../../src-shared/text/fold.ts';

export interface Match {
  /** UTF-16 offsets in the text as it stands. */
  readonly start: number;
  readonly end: number;
}
const letter = /[\p{L}\p{N}]/u;

/** Where words of a text begin with one of the wanted (folded) words, whatever their case and marks. */
export function matchesIn(text: string, wanted: readonly string[]): readonly Match[] {
  if (wanted.length === 0) return [];
  let folded = '';
  /** For each unit of the folded text, where its letter begins in the text. */
  const from: number[] = [];
  let at = 0;
  for (const character of text) {
    const piece = fold(character);
    for (let unit = 0; unit < piece.length; unit++) from.push(at);
    folded += piece;
    at += character.length;
  }
  from.push(text.length);
  const found: Match[] = [];
  for (const word of wanted) {
    for (let index = folded.indexOf(word); index >= 0; index = folded.indexOf(word, index + word.length)) {
      const before = index === 0 ? '' : (folded[index - 1] ?? '');
      if (letter.test(before)) continue;
      const [start, end] = [from[index], from[index + word.length]];
      if (start !== undefined && end !== undefined) found.push({ start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The words of what was typed, as the index knows them; operators (`from:ola`) and what is excluded mark nothing. */
export const wordsOf = (typed: string): readonly string[] =>
  [...new Set(typed.split(/\s+/).filter((word) => !/^-|^\p{L}+:/u.test(word)))].flatMap((word) =>
    fold(word)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((piece) => piece !== ''),
  );
