import { expect, test } from 'vitest';
import { mail, Scene } from '../testing/scene.ts';

/** Two conversations, each with rules, that a third mail then makes one. Answers the rules by who stayed. */
function joined(rulesOf: (stays: number, goes: number) => Readonly<Record<string, unknown>>) {
  const scene = new Scene('mail');
  scene.tell(mail('a'), mail('b', { links: ['a'] }), mail('c'));
  const rows = scene.conversations();
  const stays = rows.find((row) => row.messages === 2)?.id ?? 0;
  const goes = rows.find((row) => row.messages === 1)?.id ?? 0;
  scene.store.command('settings.set', { patch: { notifyRules: rulesOf(stays, goes) } });
  const { topics } = scene.tell(mail('d', { links: ['b', 'c'] }));
  expect(scene.only().id).toBe(stays);
  const { notifyRules } = scene.store.query('settings', {});
  return { stays, goes, notifyRules, told: topics.some((topic) => topic.on === 'settings') };
}

test('how the person wants to be told of a conversation holds for the one it is merged into', () => {
  const person = { 'person:7': { mode: 'mentions' } };
  const { stays, notifyRules, told } = joined((_stays, goes) => ({
    ...person,
    [`conversation:${goes}`]: { mode: 'off', quiet: { from: 60, to: 120 } },
  }));
  expect(notifyRules).toEqual({
    ...person,
    [`conversation:${stays}`]: { mode: 'off', quiet: { from: 60, to: 120 } },
  });
  expect(told).toBe(true);
});

test('where both have a rule, that of the one that stays does', () => {
  const { stays, notifyRules } = joined((stays, goes) => ({
    [`conversation:${stays}`]: { mode: 'on' },
    [`conversation:${goes}`]: { mode: 'off' },
  }));
  expect(notifyRules).toEqual({ [`conversation:${stays}`]: { mode: 'on' } });
});

test('rules of others are left alone, and nothing is told of', () => {
  const rules = { 'conversation:999': { mode: 'off' } };
  const { notifyRules, told } = joined(() => rules);
  expect(notifyRules).toEqual(rules);
  expect(told).toBe(false);
});
