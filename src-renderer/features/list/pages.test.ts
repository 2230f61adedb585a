import { describe, expect, test } from 'vitest';
import type { ConversationRow } from '../../../src-shared/ipc/index.ts';
import { row } from '../../testing/views.ts';
import { mostRows, type Page, rowsOf, trimmed, withBeginning } from './pages.ts';

const ids = (pages: readonly Page[]): readonly number[] => rowsOf(pages).map((one) => one.id);
const older = (one: ConversationRow, last: ConversationRow): boolean => one.lastAt < last.lastAt;

describe('a fresh beginning over rows already loaded', () => {
  const old: readonly Page[] = [
    { rows: [row(1), row(2), row(3)], next: 'after 3' },
    { rows: [row(4), row(5)], previous: 'before 4', next: 'after 5' },
  ];
  const over = (rows: readonly ConversationRow[], next?: string) =>
    withBeginning(old, { rows, ...(next ? { next } : {}) }, older);
  test('keeps the rows behind it, and the way on from them', () => {
    const merged = over([row(9, { lastAt: 2_000_000 }), row(1), row(2)], 'after 2');
    expect(ids(merged)).toEqual([9, 1, 2, 3, 4, 5]);
    expect(merged.at(-1)?.next).toBe('after 5');
  });
  test('moves a conversation up without leaving it behind as well', () => {
    expect(ids(over([row(4, { lastAt: 2_000_000 }), row(1)], 'after 1'))).toEqual([4, 1, 2, 3, 5]);
  });
  test('drops a row that left within the beginning', () => {
    expect(ids(over([row(1), row(3)], 'after 3'))).toEqual([1, 3, 4, 5]);
  });
  test('replaces everything when it is the whole list', () => {
    expect(ids(over([row(2)]))).toEqual([2]);
  });
  test('finds its end by time when its last row was not loaded before', () => {
    expect(ids(over([row(1), row(8, { lastAt: 1_000_000 - 2.5 })], 'after 8'))).toEqual([1, 8, 3, 4, 5]);
  });
});

describe('rows let go of', () => {
  const page = (at: number): Page => ({
    rows: Array.from({ length: 200 }, (_, index) => row(at * 200 + index + 1)),
    ...(at > 0 ? { previous: `before ${at}` } : {}),
    next: `after ${at}`,
  });
  const many = Array.from({ length: 8 }, (_, at) => page(at));
  test('are those furthest from where one looks, and can be fetched again from what is left', () => {
    const below = trimmed(many, 'beginning');
    expect(below.lost).toBe(400);
    expect(rowsOf(below.pages)).toHaveLength(mostRows);
    expect(below.pages[0]?.previous).toBe('before 2');
    const above = trimmed(many, 'end');
    expect(above.lost).toBe(0);
    expect(above.pages.at(-1)?.next).toBe('after 5');
  });
  test('are none as long as there are not too many', () => {
    expect(trimmed(many.slice(0, 6), 'end')).toEqual({ pages: many.slice(0, 6), lost: 0 });
  });
});
