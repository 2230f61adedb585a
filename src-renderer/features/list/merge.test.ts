import { expect, test } from 'vitest';
import { row } from '../../testing/views.ts';
import { applyPatches } from './merge.ts';

const ids = (rows: readonly { id: number }[]): readonly number[] => rows.map((one) => one.id);

test('a change shows on its rows at once and can take them away', () => {
  const rows = [1, 2, 3].map((id) => row(id));
  const read = { ids: new Set([row(1).id]), change: (one: ReturnType<typeof row>) => ({ ...one, starred: true }) };
  const gone = { ids: new Set([row(2).id]), change: () => null };
  const shown = applyPatches(rows, [read, gone]);
  expect(ids(shown)).toEqual([1, 3]);
  expect(shown[0]?.starred).toBe(true);
  expect(rows[0]?.starred).toBe(false);
});
