import { expect, test } from 'vitest';
import { matches } from './search.tsx';

test('a setting is found by any of its words, whatever their order and case', () => {
  const words = ['Remote pictures in mail', 'Loading them tells the sender', undefined];
  expect(matches('', words)).toBe(true);
  expect(matches('mail pict', words)).toBe(true);
  expect(matches('sender', words)).toBe(true);
  expect(matches('mail quiet', words)).toBe(false);
});
