import { expect, test } from 'vitest';
import { parseDay } from './day.ts';

const now = new Date(2026, 2, 18, 15, 30).getTime();
const day = (text: string): string | null => {
  const at = parseDay(text, now);
  return at === null ? null : new Date(at).toLocaleDateString('sv');
};

test.each([
  ['yesterday', '2026-03-17'],
  ['wczoraj', '2026-03-17'],
  ['przedwczoraj', '2026-03-16'],
  ['3 march', '2026-03-03'],
  ['3 marca', '2026-03-03'],
  ['24 grudnia', '2025-12-24'],
  ['24 december 2024', '2024-12-24'],
  ['2025-11-02', '2025-11-02'],
  ['2.11.2025', '2025-11-02'],
  ['10 dni temu', '2026-03-08'],
  ['2 weeks ago', '2026-03-04'],
])('%s is a day there was', (text, expected) => expect(day(text)).toBe(expected));

test.each(['', 'tomorrow', '2031-01-01', 'nonsense'])('%s is none', (text) => expect(day(text)).toBeNull());
