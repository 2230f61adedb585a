import { expect, test } from 'vitest';
import { matchesIn, wordsOf } from './ranges.ts';

const marked = (text: string, typed: string): readonly string[] =>
  matchesIn(text, wordsOf(typed)).map(({ start, end }) => text.slice(start, end));

test('words are marked where they begin, with or without their marks and capitals', () => {
  expect(marked('Łódź, łódka and lodz; Kłódka', 'lod')).toEqual(['Łód', 'łód', 'lod']);
  expect(marked('Straße Strasse', 'strass')).toEqual(['Straß', 'Strass']);
  expect(marked('🎉 party 🎉 Party', 'party')).toEqual(['party', 'Party']);
});

test('several words are marked each, operators and excluded words not at all', () => {
  expect(wordsOf('from:ola "green tea" -milk tea')).toEqual(['green', 'tea', 'tea']);
  expect(marked('green and black tea', 'tea green')).toEqual(['green', 'tea']);
  expect(marked('anything', '')).toEqual([]);
});
