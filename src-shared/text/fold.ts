/**
 * Folds text for searching: marks stripped, letters that Unicode does not decompose replaced, lower case.
 * "Łódź" and "lodz" fold alike, so do "Straße" and "strasse". What is indexed and what is typed go through here.
 */
const letters: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ƀ: 'b',
  ɨ: 'i',
  ı: 'i',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ĳ: 'ij',
  ŋ: 'n',
  ĸ: 'k',
  ſ: 's',
};
const stubborn = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');
const marks = /\p{Mn}+/gu;
const notAscii = /[^\0-\x7f]/;

export function fold(text: string): string {
  if (!notAscii.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(marks, '')
    .replace(stubborn, (letter) => letters[letter] ?? letter);
}
