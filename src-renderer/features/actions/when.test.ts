import { describe, expect, test } from 'vitest';
import { laterTimes } from './later.ts';
import { parseWhen } from './when.ts';

/** A Wednesday, local time. */
const now = new Date(2026, 2, 18, 15, 30).getTime();
const at = (month: number, day: number, hour: number, minute = 0): number =>
  new Date(2026, month - 1, day, hour, minute).getTime();

describe('times in words', () => {
  test.each([
    ['tomorrow 9', at(3, 19, 9)],
    ['tomorrow', at(3, 19, 9)],
    ['fri', at(3, 20, 9)],
    ['in 2h', at(3, 18, 17, 30)],
    ['monday 14:00', at(3, 23, 14)],
    ['jutro o 9', at(3, 19, 9)],
    ['jutro', at(3, 19, 9)],
    ['w piątek', at(3, 20, 9)],
    ['za 2 godziny', at(3, 18, 17, 30)],
    ['za 2h', at(3, 18, 17, 30)],
    ['pojutrze', at(3, 20, 9)],
    ['w środę o 12', at(3, 25, 12)],
    ['jutro wieczorem', at(3, 19, 18)],
  ])('%s', (text, expected) => {
    expect(new Date(parseWhen(text, now) ?? 0)).toEqual(new Date(expected));
  });
  test('say nothing when they mean nothing, or the past', () => {
    expect(['', 'soon-ish', 'yesterday'].map((text) => parseWhen(text, now))).toEqual([null, null, null]);
  });
});

test('the times on offer all lie ahead, soonest first', () => {
  for (let hour = 0; hour < 24 * 7; hour++) {
    const start = now + hour * 3_600_000;
    const times = laterTimes(start).map((time) => time.at);
    expect(times.every((time) => time > start)).toBe(true);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  }
});
