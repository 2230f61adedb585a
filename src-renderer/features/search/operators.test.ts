import { expect, test } from 'vitest';
import { marked, suggestOperators, withOperator } from './operators.ts';

test('a condition is added, or replaces the one of its kind', () => {
  expect(withOperator('tiles', 'from:', 'Anna Nowak')).toBe('tiles from:"Anna Nowak"');
  expect(withOperator('tiles from:bob', 'from:', 'anna')).toBe('tiles from:anna');
  expect(withOperator('from:"Anna Nowak" tiles', 'from:', 'bob')).toBe('tiles from:bob');
});

test('operators that would finish the word being typed are offered', () => {
  expect(suggestOperators('tiles be')).toEqual(['before:']);
  expect(suggestOperators('tiles ')).toContain('from:');
  expect(suggestOperators('from:')).toEqual([]);
});

test('the marks of a snippet are taken apart without losing a letter', () => {
  const runs = marked('a \uE000b\uE001 c \uE000d\uE001');
  expect(runs.map((run) => run.text).join('')).toBe('a b c d');
  expect(runs.filter((run) => run.hit).map((run) => run.text)).toEqual(['b', 'd']);
  expect(marked('plain')).toEqual([{ text: 'plain', hit: false }]);
});
