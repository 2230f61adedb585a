import { fold } from '../text/fold.ts';

/**
 * How text becomes words, for the index and for the question alike. FTS5 (tokenizer `unicode61`) cuts at everything
 * that is not a letter, a number or private use; we hand it folded text, so that both sides lose the same marks.
 */

/** Scripts written without blanks between words. Each of their characters is a word, and a word of theirs is a phrase. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const mayBeUnspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\ud840-\ud8bf]/;
const ascii = /^[\x00-\x7f]*$/;
/** Private use is ours: tags begin with one, snippets are marked with others. Text from outside has none in the index. */
const privateUse = /\p{Co}/gu;

/** Whether the word is a character of a script without blanks. */
export const isUnspaced = (text: string): boolean => mayBeUnspaced.test(text) && text.search(unspaced) >= 0;

/** Text as the index takes it. */
export function indexText(text: string): string {
  const folded = fold(text);
  if (ascii.test(folded)) return folded;
  const plain = folded.replace(privateUse, ' ');
  return mayBeUnspaced.test(plain) ? plain.replace(unspaced, ' $& ') : plain;
}

const word = /[\p{L}\p{N}]+/gu;
/** The words of a question, as the index knows them. */
export const wordsOf = (text: string): string[] => indexText(text).match(word) ?? [];
