/** chrono-node knows no Polish: these words (folded) are put into English for it, the rest is left as it is. */
const words: Readonly<Record<string, string>> = {
  dzis: 'today',
  dzisiaj: 'today',
  wczoraj: 'yesterday',
  przedwczoraj: '2 days ago',
  temu: 'ago',
  ten: 'this',
  tym: 'this',
  roku: 'year',
  rok: 'year',
  lata: 'years',
  lat: 'years',
  miesiac: 'month',
  miesiacu: 'month',
  miesiace: 'months',
  miesiecy: 'months',
  tydzien: 'week',
  tygodniu: 'week',
  tygodnie: 'weeks',
  tygodni: 'weeks',
  dzien: 'day',
  dni: 'days',
  godzine: 'hour',
  godziny: 'hours',
  godzin: 'hours',
};
/** By stem: Polish inflects what English does not. The first that fits wins. */
const stems: readonly (readonly [string, string])[] = [
  ['zeszl', 'last'],
  ['ubiegl', 'last'],
  ['ostatni', 'last'],
  ['poprzedni', 'last'],
  ['biezac', 'this'],
  ['poniedzial', 'monday'],
  ['wtor', 'tuesday'],
  ['srod', 'wednesday'],
  ['czwart', 'thursday'],
  ['piat', 'friday'],
  ['sobot', 'saturday'],
  ['niedziel', 'sunday'],
  ['stycz', 'january'],
  ['lut', 'february'],
  ['marz', 'march'],
  ['marc', 'march'],
  ['kwie', 'april'],
  ['maj', 'may'],
  ['czerwc', 'june'],
  ['czerwiec', 'june'],
  ['lip', 'july'],
  ['sierp', 'august'],
  ['wrze', 'september'],
  ['pazdziernik', 'october'],
  ['listopad', 'november'],
  ['grud', 'december'],
];
const polish = new Set(stems.map(([, english]) => english));

/** "w zeszlym tygodniu" -> "last week"; "5 maja 2024" -> "5 may 2024"; English passes through. */
export function polishToEnglish(text: string): string {
  const english = text
    .replace(/^(?:w|we|od|z|ze) /u, '')
    .replace(/(\d{4}) (?:roku|r\.?)$/u, '$1')
    .replaceAll(/[a-z]+/gu, (word) => {
      if (polish.has(word)) return word;
      return words[word] ?? stems.find(([stem]) => word.startsWith(stem) && word.length > 2)?.[1] ?? word;
    });
  // "tydzien temu" is one week ago.
  return /^(?:day|week|month|year|hour) ago$/u.test(english) ? `1 ${english}` : english;
}
