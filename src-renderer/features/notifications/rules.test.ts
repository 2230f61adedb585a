import { expect, test } from 'vitest';
import type { NotifyRule } from '../../../src-shared/ipc/index.ts';
import { ruleOf, withRule } from './rules.ts';

test('a rule is shown as the choice it was made by', () => {
  for (const kind of ['on', 'always', 'mentions', 'off', 'inherit'] as const)
    expect(ruleOf(withRule({}, 'person:1', kind)['person:1'])).toBe(kind);
});

test('changing one leaves the others, and hours of its own stay with it', () => {
  const hours = { from: 60, to: 120 };
  const rules: Record<string, NotifyRule> = { 'person:1': { mode: 'on', quiet: hours }, 'account:2': { mode: 'off' } };
  expect(withRule(rules, 'person:1', 'mentions')).toEqual({
    'person:1': { mode: 'mentions', quiet: hours },
    'account:2': { mode: 'off' },
  });
  expect(withRule(rules, 'person:1', 'inherit')).toEqual({ 'account:2': { mode: 'off' } });
  expect(withRule({ 'person:1': { mode: 'on', quiet: 'never' } }, 'person:1', 'on')).toEqual({
    'person:1': { mode: 'on' },
  });
});
