import { expect, test } from 'vitest';
import { rank } from './rank.ts';

test('beginnings come before middles, and letters in order come last', () => {
  const found = rank(
    [{ text: 'Unread only' }, { text: 'Mark as read' }, { text: 'Read' }, { text: 'Reload add' }],
    'read',
  );
  expect(found.map((entry) => entry.text)).toEqual(['Read', 'Mark as read', 'Unread only', 'Reload add']);
});

test('diacritics need not be typed', () => {
  expect(rank([{ text: 'Załatwione' }, { text: 'Odłóż' }], 'odloz').map((entry) => entry.text)).toEqual(['Odłóż']);
});
