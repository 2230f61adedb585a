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
const foreign = /[^\0-\x7f]+/g;

/** Runs met before: a language has few letters of its own, and most stand alone between ASCII ones. */
const met = new Map<string, string>();
const mostMet = 5000;

export function fold(text: string): string {
  if (!notAscii.test(text)) return text.toLowerCase();
  // Lowered once more: "İ" lowers to an i with a mark, and some compatibility forms decompose into capitals.
  return text.replace(foreign, foldRun).toLowerCase();
}

function foldRun(run: string): string {
  const known = met.get(run);
  if (known !== undefined) return known;
  const folded = run
    .normalize('NFKD')
    .toLowerCase()
    .replace(marks, '')
    .replace(stubborn, (letter) => letters[letter] ?? letter);
  if (run.length <= 4 && met.size < mostMet) met.set(run, folded);
  return folded;
}
