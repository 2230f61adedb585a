import { expect, test } from 'vitest';
import { isJustEmoji } from './text.ts';

test('a few emoji alone are drawn large, words and digits are not', () => {
  expect(['🎉', '👩‍👩‍👧 ❤️', '🇵🇱'].map(isJustEmoji)).toEqual([true, true, true]);
  expect(['1', 'ok 👍', '', '🎉🎉🎉🎉'].map(isJustEmoji)).toEqual([false, false, false, false]);
});
