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
    ['2h', at(3, 18, 17, 30)],
    ['45 min', at(3, 18, 16, 15)],
    ['3d', at(3, 21, 9)],
    ['weekend', at(3, 21, 9)],
    ['next week', at(3, 25, 9)],
    ['17:30', at(3, 18, 17, 30)],
    ['za pół godziny', at(3, 18, 16)],
    ['za dwa dni', at(3, 20, 9)],
    ['za dwie godziny', at(3, 18, 17, 30)],
    ['w weekend', at(3, 21, 9)],
    ['w przyszłym tygodniu', at(3, 23, 9)],
    ['15 maja o 10', at(5, 15, 10)],
    ['3 września', at(9, 3, 9)],
    ['dziś wieczorem', at(3, 18, 18)],
    ['jutro po południu', at(3, 19, 15)],
    ['o 17', at(3, 18, 17)],
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
