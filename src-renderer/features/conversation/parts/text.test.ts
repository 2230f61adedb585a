import { describe, expect, test } from 'vitest';
import { isJustEmoji, splitQuoted } from './text.ts';

describe('quoted text', () => {
  const quote = ['> one', '> two', '> three', '> four'].join('\n');
  test('folds with the line that introduces it', () => {
    const runs = splitQuoted(`Yes, gladly.\n\nOn Monday Anna wrote:\n${quote}`);
    expect(runs.map((run) => run.quoted)).toEqual([false, true]);
    expect(runs[0]?.text.trim()).toBe('Yes, gladly.');
    expect(runs[1]?.text).toBe(`On Monday Anna wrote:\n${quote}`);
  });
  test('stays in sight when it is short, for the answer is about it', () => {
    expect(splitQuoted('> When?\nTomorrow.').every((run) => !run.quoted)).toBe(true);
  });
  test('never loses a line', () => {
    const text = `a\n${quote}\nb\n> c\nd`;
    const joined = splitQuoted(text)
      .map((run) => run.text.replace(/\n$/, ''))
      .join('\n');
    expect(joined).toBe(text);
  });
});

test('a few emoji alone are drawn large, words and digits are not', () => {
  expect(['🎉', '👩‍👩‍👧 ❤️', '🇵🇱'].map(isJustEmoji)).toEqual([true, true, true]);
  expect(['1', 'ok 👍', '', '🎉🎉🎉🎉'].map(isJustEmoji)).toEqual([false, false, false, false]);
});
