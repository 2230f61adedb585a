import { describe, expect, test } from 'vitest';
import { row } from '../../testing/views.ts';
import { applyPatches, replaceBeginning } from './merge.ts';

const ids = (rows: readonly { id: number }[]): readonly number[] => rows.map((one) => one.id);

describe('a fresh beginning over rows already loaded', () => {
  const old = [1, 2, 3, 4, 5].map((id) => row(id));
  test('keeps the rows behind it', () => {
    const merged = replaceBeginning(old, [row(9, { lastAt: 2_000_000 }), row(1), row(2)], true, 'newest');
    expect(ids(merged.rows)).toEqual([9, 1, 2, 3, 4, 5]);
    expect(merged.keptTail).toBe(true);
  });
  test('moves a conversation up without leaving it behind as well', () => {
    const merged = replaceBeginning(old, [row(4, { lastAt: 2_000_000 }), row(1)], true, 'newest');
    expect(ids(merged.rows)).toEqual([4, 1, 2, 3, 5]);
  });
  test('drops a row that left within the beginning', () => {
    expect(ids(replaceBeginning(old, [row(1), row(3)], true, 'newest').rows)).toEqual([1, 3, 4, 5]);
  });
  test('replaces everything when it is the whole list', () => {
    const merged = replaceBeginning(old, [row(2)], false, 'newest');
    expect(ids(merged.rows)).toEqual([2]);
    expect(merged.keptTail).toBe(false);
  });
  test('finds its end by time when its last row was not loaded before', () => {
    const merged = replaceBeginning(old, [row(1), row(8, { lastAt: 1_000_000 - 2.5 })], true, 'newest');
    expect(ids(merged.rows)).toEqual([1, 8, 3, 4, 5]);
  });
});

test('a change shows on its rows at once and can take them away', () => {
  const rows = [1, 2, 3].map((id) => row(id));
  const read = { ids: new Set([row(1).id]), change: (one: ReturnType<typeof row>) => ({ ...one, starred: true }) };
  const gone = { ids: new Set([row(2).id]), change: () => null };
  const shown = applyPatches(rows, [read, gone]);
  expect(ids(shown)).toEqual([1, 3]);
  expect(shown[0]?.starred).toBe(true);
  expect(rows[0]?.starred).toBe(false);
});
