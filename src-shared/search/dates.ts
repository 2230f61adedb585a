import { parse as chrono } from 'chrono-node/en';
import { fold } from '../text/fold.ts';
import { polishToEnglish } from './polish-dates.ts';

/** A day, month, year or week, in the time zone this runs in. `until` is exclusive. Unix ms. */
export interface Span {
  readonly from: number;
  readonly until: number;
}
type Unit = 'day' | 'week' | 'month' | 'year';

/**
 * Reads `2024`, `2024-05`, `2024-05-01`, `1.5.2024`, `7d 2w 3m 1y` (so long ago), and words: "yesterday",
 * "last week", "3 days ago", "wczoraj", "w zeszłym miesiącu", "5 maja". Mail lies in the past, so a date without
 * its year is the last such date. Null when it is no date.
 */
export function readDate(text: string, now: number): Span | null {
  const plain = fold(text).trim().replaceAll(/\s+/gu, ' ');
  return numeric(plain) ?? relative(plain, now) ?? named(polishToEnglish(plain), now);
}

/** Whether it is one of the forms of digits: these need no further word, and chrono (milliseconds) need not be asked. */
export const isPlainDate = (text: string): boolean => numeric(text) !== null || relative(text, 0) !== null;

/** The whole unit a moment lies in, `shift` units later. Weeks begin on Monday (ISO 8601). */
function unit(name: Unit, at: Date, shift = 0): Span {
  const [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()];
  const start = (n: number): number => {
    switch (name) {
      case 'year':
        return new Date(year + n, 0, 1).getTime();
      case 'month':
        return new Date(year, month + n, 1).getTime();
      case 'week':
        return new Date(year, month, day - ((at.getDay() + 6) % 7) + 7 * n).getTime();
      case 'day':
        return new Date(year, month, day + n).getTime();
    }
  };
  return { from: start(shift), until: start(shift + 1) };
}

function numeric(text: string): Span | null {
  const iso = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/u.exec(text);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u.exec(text);
  const [year, month, day] = dotted ? [dotted[3], dotted[2], dotted[1]] : [iso?.[1], iso?.[2], iso?.[3]];
  if (year === undefined || Number(year) < 1970 || Number(year) > 9999) return null;
  const at = new Date(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  const real = at.getMonth() === Number(month ?? 1) - 1 && at.getDate() === Number(day ?? 1);
  return real ? unit(day ? 'day' : month ? 'month' : 'year', at) : null;
}

const letters: Readonly<Record<string, Unit>> = { d: 'day', w: 'week', m: 'month', y: 'year' };
/** `7d` begins seven days before now, to the millisecond, and lasts a day. */
function relative(text: string, now: number): Span | null {
  const found = /^(\d{1,4})([dwmy])$/u.exec(text);
  const name = letters[found?.[2] ?? ''];
  if (!found || !name) return null;
  const from = back(new Date(now), Number(found[1]), name);
  return { from: from.getTime(), until: back(from, -1, 'day').getTime() };
}
function back(at: Date, count: number, name: Unit): Date {
  const past = new Date(at);
  if (name === 'day' || name === 'week') past.setDate(at.getDate() - count * (name === 'week' ? 7 : 1));
  else if (name === 'month') past.setMonth(at.getMonth() - count);
  else past.setFullYear(at.getFullYear() - count);
  return past;
}

const shifts: Readonly<Record<string, number>> = { this: 0, current: 0, last: -1, previous: -1, past: -1 };
function named(text: string, now: number): Span | null {
  const whole = /^(this|current|last|previous|past) (day|week|month|year)$/u.exec(text);
  if (whole) return unit(letters[whole[2]?.[0] ?? ''] ?? 'day', new Date(now), shifts[whole[1] ?? ''] ?? 0);
  const result = chrono(text, new Date(now))[0];
  // Anything around the date means the words were not a date ("march hare").
  if (!result || result.text.length !== text.length) return null;
  const { start, end } = result;
  const by: Unit =
    start.isCertain('day') || start.isCertain('weekday') ? 'day' : start.isCertain('month') ? 'month' : 'year';
  if (by === 'year' && !start.isCertain('year')) return null;
  let at = start.date();
  if (at.getTime() > now && !start.isCertain('year')) {
    at = start.isCertain('month') ? back(at, 1, 'year') : back(at, 1, 'week');
  }
  const span = unit(by, at);
  return end ? { from: span.from, until: Math.max(span.until, unit('day', end.date()).until) } : span;
}
