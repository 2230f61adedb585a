import * as chrono from 'chrono-node';
import { toEnglish } from '../actions/when.ts';

/** "yesterday", "3 March", "2025-11-02", "w zeszły piątek": the beginning of that day, which is not in the future; Unix ms. */
export function parseDay(text: string, now: number): number | null {
  const typed = text.trim().toLowerCase();
  if (typed === '') return null;
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  if (iso) return notLater(new Date(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3])), now);
  const european = /^(\d{1,2})\.(\d{1,2})\.(\d{4})?$/.exec(typed);
  if (european) {
    const year = european[3] ? Number(european[3]) : new Date(now).getFullYear();
    return notLater(new Date(year, Number(european[2]) - 1, Number(european[1])), now);
  }
  const [found] = chrono.casual.parse(
    words.reduce((sum, [from, to]) => sum.replace(from, to), toEnglish(typed)),
    new Date(now),
  );
  if (!found) return null;
  const date = found.start.date();
  // A day without a year, or a weekday, is the last one there was.
  if (date.getTime() > now && !found.start.isCertain('year')) {
    if (found.start.isCertain('month')) date.setFullYear(date.getFullYear() - 1);
    else date.setDate(date.getDate() - 7);
  }
  return notLater(date, now);
}
const notLater = (date: Date, now: number): number | null => {
  const start = date.setHours(0, 0, 0, 0);
  return Number.isNaN(start) || start > now ? null : start;
};

/** Polish for what has been; what is to come is known to `toEnglish`. */
const words: readonly (readonly [RegExp, string])[] = [
  [/(^|\s)w zesz[łl](y|[ąa])\s/g, '$1last '],
  [/\bprzedwczoraj\b/g, '2 days ago'],
  [/\bwczoraj\b/g, 'yesterday'],
  [/\b(\d+) dni temu\b/g, '$1 days ago'],
  [/\btydzie[nń] temu\b/g, '1 week ago'],
  [/\bmiesi[aą]c temu\b/g, '1 month ago'],
  [/\brok temu\b/g, '1 year ago'],
  ...(
    [
      ['stycz', 'january'],
      ['lut', 'february'],
      ['mar', 'march'],
      ['kwie', 'april'],
      ['maj', 'may'],
      ['czerw', 'june'],
      ['lip', 'july'],
      ['sierp', 'august'],
      ['wrze', 'september'],
      ['pa[zź]dz', 'october'],
      ['listop', 'november'],
      ['grud', 'december'],
    ] as const
  ).map(([stem, month]): readonly [RegExp, string] => [
    new RegExp(`(\\d{1,2})\\s+${stem}\\p{L}*`, 'gu'),
    `$1 ${month}`,
  ]),
];
