import { expect, test } from 'vitest';
import { plainOf } from './formats.ts';

test('an answer keeps its own words as plain text when the letter it quotes brings a body of its own along', () => {
  const html =
    '<div>Green ones.</div><blockquote><html><head><title>Tiles</title></head><body><div>Which?</div></body></html></blockquote>';
  expect(plainOf(html, 'html')).toBe('Green ones.\n> Which?');
});
