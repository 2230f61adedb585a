import { expect, test } from 'vitest';
import { createFinder, type Found } from './finder.ts';

const entries = ['Reply to all', 'Mark as read', 'Mark as unread', 'Go to inbox', 'Odłóż', 'Settings'].map(
  (text): Found => ({ id: text, text }),
);
const find = (typed: string, uses: Readonly<Record<string, number>> = {}): readonly string[] =>
  createFinder(
    () => entries,
    (id) => uses[id] ?? 0,
  )
    .find(typed)
    .map(({ text }) => text);

test('beginnings of words are enough, in any order', () => {
  expect(find('as mar')).toEqual(['Mark as read', 'Mark as unread']);
});
test('a slip is forgiven in words that are long enough for one', () => {
  expect(find('setings')).toEqual(['Settings']);
  expect(find('inobx')[0]).toBe('Go to inbox');
  expect(find('xyz')).toEqual([]);
});
test('what is written as typed comes before what was only nearly meant', () => {
  const list: readonly Found[] = [
    { id: 'print', text: 'Print' },
    { id: 'lunch', text: 'Lunch people', detail: 'Inês, Priya, Tomasz and a few more of them' },
  ];
  const uses = (id: string): number => (id === 'print' ? 50 : 0);
  expect(
    createFinder(() => list, uses)
      .find('priya')
      .map(({ id }) => id),
  ).toEqual(['lunch', 'print']);
});
test('diacritics need not be typed', () => {
  expect(find('odloz')).toEqual(['Odłóż']);
});
test('first letters find a command', () => {
  expect(find('gti')).toEqual(['Go to inbox']);
});
test('of entries that fit alike the most used comes first, and with nothing typed too', () => {
  expect(find('mark', { 'Mark as unread': 9 })).toEqual(['Mark as unread', 'Mark as read']);
  expect(find('', { Settings: 2 })[0]).toBe('Settings');
});
test('an index made piece by piece finds the same, finished or not', () => {
  const many = Array.from({ length: 100 }, (_, index): Found => ({ id: `${index}`, text: `Entry number ${index}` }));
  let asked = 0;
  const finder = createFinder(
    () => {
      asked++;
      return many;
    },
    () => 0,
  );
  expect(asked).toBe(0);
  expect(finder.prepare()).toBe(true);
  expect(finder.find('99').map(({ id }) => id)).toEqual(['99']);
  expect(finder.prepare()).toBe(false);
  expect(finder.find('number')).toHaveLength(100);
  expect(asked).toBe(1);
});
