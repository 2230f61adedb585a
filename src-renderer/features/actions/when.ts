import * as chrono from 'chrono-node';

/** "tomorrow 9", "fri", "in 2h", "jutro o 9", "za 2 godziny": when that is, Unix ms, or null when it says nothing about the future. */
export function parseWhen(text: string, now: number): number | null {
  const plain = toEnglish(text.trim().toLowerCase());
  if (plain === '') return null;
  const [found] = chrono.casual.parse(plain, new Date(now), { forwardDate: true });
  if (!found) return null;
  const date = found.start.date();
  // A day alone means its morning.
  if (!found.start.isCertain('hour') && !/\bin (\d+|an?)\s*(h|m|min)|\bnow\b/.test(plain)) date.setHours(9, 0, 0, 0);
  return date.getTime() > now ? date.getTime() : null;
}

const english = 'january february march april may june july august september october november december'.split(' ');
/** "15 maja" in English. */
const month = (name: string, at: number): readonly [RegExp, string] => [
  new RegExp(`(\\d)\\s+${name}(?=\\s|$)`, 'g'),
  `$1 ${english[at]}`,
];
/** Short forms, and the Polish words chrono does not know, as English ones. */
const words: readonly (readonly [RegExp, string])[] = [
  [/^(\d+)\s*h$/, 'in $1 hours'],
  [/^(\d+)\s*(m|min)$/, 'in $1 minutes'],
  [/^(\d+)\s*d$/, 'in $1 days'],
  [/\bza p[oó][lł] godziny\b/g, 'in 30 minutes'],
  [/\bza p[oó][lł]torej godziny\b/g, 'in 90 minutes'],
  [/\bza kwadrans\b/g, 'in 15 minutes'],
  [/\bza (dwa|dwie)\b/g, 'za 2'],
  [/\bza trzy\b/g, 'za 3'],
  [/\bza cztery\b/g, 'za 4'],
  [/\bza pi[eę][cć](?=\s)/g, 'za 5'],
  [/\bpojutrze\b/g, 'in 2 days'],
  [/\bjutro\b/g, 'tomorrow'],
  [/\bdziś\b|\bdzisiaj\b|\bdzis\b/g, 'today'],
  [/\bza (\d+)\s*(godzin[aęy]?|godz\.?|h)(?=\s|$)/gu, 'in $1 hours'],
  [/\bza godzin[ęe]/g, 'in 1 hour'],
  [/\bza (\d+)\s*(minut[aęy]?|min\.?)(?=\s|$)/gu, 'in $1 minutes'],
  [/\bza (\d+)\s*dni\b/g, 'in $1 days'],
  [/\bza (\d+)\s*(tygodnie|tygodni|tyg\.?)(?=\s|$)/g, 'in $1 weeks'],
  [/\bza tydzie[nń]/g, 'in 1 week'],
  [/\bza miesi[aą]c/g, 'in 1 month'],
  [/\bponiedzia[lł]ek/g, 'monday'],
  [/\bwtorek\b/g, 'tuesday'],
  [/(^|\s)[sś]rod[aęe]/g, '$1wednesday'],
  [/\bczwartek\b/g, 'thursday'],
  [/\bpi[aą]tek\b/g, 'friday'],
  [/\bsobot[aęe]/g, 'saturday'],
  [/\bniedziel[aęe]/g, 'sunday'],
  [/\bw przysz[lł]ym tygodniu\b/g, 'next monday'],
  [/(^|\s)(w )?przysz[lł](y|[aą])(?=\s)/g, '$1next'],
  [/\b((at|on) the |this |w )?weekend\b/g, 'saturday'],
  ...['stycznia', 'lutego', 'marca', 'kwietnia', 'maja', 'czerwca', 'lipca', 'sierpnia', 'wrze[sś]nia'].map(month),
  ...['pa[zź]dziernika', 'listopada', 'grudnia'].map((name, at) => month(name, at + 9)),
  [/\bpo po[lł]udniu\b/g, 'at 15:00'],
  [/\bw po[lł]udnie\b/g, 'at 12:00'],
  [/\bwieczorem\b/g, 'at 18:00'],
  [/\brano\b/g, 'at 9:00'],
  [/(^|\s)w(e)?\s(?=monday|tuesday|wednesday|thursday|friday|saturday|sunday)/g, '$1'],
  [/(^|\s)o\s(?=\d)/g, '$1at '],
  [
    /\b(tomorrow|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)\s+(\d{1,2})$/g,
    '$1 at $2:00',
  ],
];
export const toEnglish = (text: string): string => words.reduce((sum, [from, to]) => sum.replace(from, to), text);
