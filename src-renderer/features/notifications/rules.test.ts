import { expect, test } from 'vitest';
import type { NotifyRule } from '../../../src-shared/ipc/index.ts';
import { hoursOf, night, ruleOf, withHours, withRule } from './rules.ts';

test('a rule is shown as the choice it was made by', () => {
  for (const kind of ['on', 'mentions', 'off', 'inherit'] as const)
    expect(ruleOf(withRule({}, 'person:1', kind)['person:1'])).toBe(kind);
});

test('so are its hours', () => {
  const rules: Record<string, NotifyRule> = { 'person:1': { mode: 'on' } };
  for (const [quiet, kind] of [
    [night, 'own'],
    ['never', 'never'],
    [undefined, 'inherit'],
  ] as const)
    expect(hoursOf(withHours(rules, 'person:1', quiet)['person:1'])).toBe(kind);
  expect(withHours(rules, 'person:2', night)).toEqual(rules);
});

test('changing one leaves the others, and its hours stay with it', () => {
  const rules: Record<string, NotifyRule> = { 'person:1': { mode: 'on', quiet: night }, 'account:2': { mode: 'off' } };
  expect(withRule(rules, 'person:1', 'mentions')).toEqual({
    'person:1': { mode: 'mentions', quiet: night },
    'account:2': { mode: 'off' },
  });
  expect(withRule(rules, 'person:1', 'inherit')).toEqual({ 'account:2': { mode: 'off' } });
  expect(withHours(rules, 'person:1', undefined)).toEqual({ 'person:1': { mode: 'on' }, 'account:2': { mode: 'off' } });
});
