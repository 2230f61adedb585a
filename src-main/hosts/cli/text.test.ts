import { expect, test } from 'vitest';
import { table } from './table.ts';
import { manyLines, oneLine, shorten, width } from './text.ts';

test('a message cannot move the cursor, retitle the terminal or turn a line around', () => {
  expect(oneLine('a\u001b[2J\u001b[1;1Hb')).toBe('ab');
  expect(oneLine('\u001b]0;owned\u0007title')).toBe('title');
  expect(oneLine('\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\')).toBe('link');
  expect(oneLine('\u009b31mred')).toBe('31mred');
  expect(oneLine('gpj.\u202eexe')).toBe('gpj.exe');
  expect(oneLine('two\r\nlines\tand\u0008 more')).toBe('two lines and more');
  expect(manyLines('a\r\nb\tc\u001b[31m\u0007d\re')).toBe('a\nb\tcd\ne');
});

test('letters of two columns and combining marks are counted as a terminal shows them', () => {
  expect(width('ab')).toBe(2);
  expect(width('鐘')).toBe(2);
  expect(width('e\u0301')).toBe(1);
  expect(width('🔔')).toBe(2);
  expect(shorten('鐘鐘鐘', 5)).toBe('鐘鐘…');
  expect(shorten('short', 5)).toBe('short');
});

test('a table keeps to the width of the terminal and lines up its columns', () => {
  const rows = [
    { id: 1, text: 'a very long subject that does not fit into the room there is' },
    { id: 230, text: '鐘' },
  ];
  const printed = table(
    [
      { title: 'ID', text: ({ id }) => id, right: true },
      { title: 'SUBJECT', text: ({ text }) => text, grows: true },
      { title: 'END', text: () => 'x' },
    ],
    rows,
    40,
  );
  const lines = printed.split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]?.startsWith('  1  a very long')).toBe(true);
  expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(40);
  expect(new Set(lines.slice(1).map((line) => width(line.slice(0, line.indexOf('x'))))).size).toBe(1);
});
