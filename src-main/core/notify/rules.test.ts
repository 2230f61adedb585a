import { expect, test } from 'vitest';
import type { QuietHours, Settings } from '../../../src-shared/ipc/index.ts';
import { AccountId, ConversationId, PersonId } from '../../../src-shared/model/index.ts';
import { isQuiet, verdictFor } from './rules.ts';

const whose = { account: AccountId.parse(1), conversation: ConversationId.parse(2), person: PersonId.parse(3) };
const night: QuietHours = { from: 22 * 60, to: 7 * 60 };
const verdict = (notifyRules: Settings['notifyRules'], quietHours: QuietHours | null = null) =>
  verdictFor({ notifyRules, quietHours }, whose);

test('the narrowest rule counts: conversation before person before account', () => {
  expect(verdict({}).mode).toBe('on');
  expect(verdict({ 'account:1': { mode: 'off' } }).mode).toBe('off');
  expect(verdict({ 'account:1': { mode: 'off' }, 'person:3': { mode: 'mentions' } }).mode).toBe('mentions');
  expect(verdict({ 'person:3': { mode: 'off' }, 'conversation:2': { mode: 'on' } }).mode).toBe('on');
  expect(verdict({ 'account:2': { mode: 'off' }, 'person:4': { mode: 'off' } }).mode).toBe('on');
});

test('quiet hours come from the narrowest rule that speaks of them, and a person may be let through at night', () => {
  expect(verdict({ 'person:3': { mode: 'on' } }, night).quiet).toEqual(night);
  expect(verdict({ 'person:3': { mode: 'on', quiet: 'never' } }, night).quiet).toBeNull();
  expect(verdict({ 'account:1': { mode: 'on', quiet: night } }).quiet).toEqual(night);
});

test('quiet hours may go over midnight; their end is no longer quiet', () => {
  const clock = (hour: number, minute = 0) => new Date(2026, 2, 18, hour, minute).getTime();
  expect([21, 22, 23, 0, 6, 7, 12].map((hour) => isQuiet(night, clock(hour)))).toEqual([
    false,
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(isQuiet({ from: 600, to: 660 }, clock(10, 59))).toBe(true);
  expect(isQuiet({ from: 600, to: 660 }, clock(11))).toBe(false);
  expect(isQuiet({ from: 600, to: 600 }, clock(10))).toBe(false);
  expect(isQuiet(null, clock(3))).toBe(false);
});
