import { expect, test } from 'vitest';
import { asUserKey } from '../../../../src-shared/ids.ts';
import type { MentionView } from '../../../../src-shared/ipc/index.ts';
import { stretches } from './mentions.ts';

const mention = (name: string): MentionView => ({ key: asUserKey(`u:${name}`), name, me: false, person: null });
const named = (text: string, ...names: readonly string[]) =>
  stretches(text, names.map(mention)).map(({ text: words, mention: who }) => (who ? [words] : words));

test('a name is found with its @, the longest first, and not within other words', () => {
  expect(named('Ask @Ann-Marie or @Ann, not @Anna.', 'Ann', 'Ann-Marie')).toEqual([
    'Ask ',
    ['@Ann-Marie'],
    ' or ',
    ['@Ann'],
    ', not @Anna.',
  ]);
  // Only what carries the @ is meant, where any does.
  expect(named('Ann wrote to @Ann', 'Ann')).toEqual(['Ann wrote to ', ['@Ann']]);
});

test('networks that name people without an @ are understood, signs and all', () => {
  expect(named('Ola (QA)? Come.', '@Ola (QA)')).toEqual([['Ola (QA)'], '? Come.']);
  expect(named('nobody here', 'Ola')).toEqual(['nobody here']);
  expect(named('a text', '')).toEqual(['a text']);
});
