import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawn } from '../testing/drawn.ts';
import { fold } from './fold.ts';

test('ASCII is only lowered', () => {
  expect(fold('Hello, World_42')).toBe('hello, world_42');
});

test('marks are stripped, composed or not', () => {
  expect(fold('Zażółć gęślą jaźń')).toBe('zazolc gesla jazn');
  expect(fold('e\u0301')).toBe('e');
  expect(fold('Ἀθῆναι')).toBe('αθηναι');
});

test('letters without a decomposition are replaced', () => {
  expect(fold('Łódź Straße SØREN Đà Þór Æther œuvre')).toBe('lodz strasse soren da thor aether oeuvre');
});

test('a full-width or ligature form folds to its plain letters', () => {
  expect(fold('ＡＢＣ ﬁne')).toBe('abc fine');
});

test('folding twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const once = fold(text);
      expect(fold(once)).toBe(once);
    }),
    drawn,
  );
});
