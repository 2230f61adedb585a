import { expect, test } from 'vitest';
import { shared } from './shared.ts';

test('what is as it was stays the same object', () => {
  const before = { id: 1, parts: [{ text: 'a' }, { text: 'b' }], note: null };
  expect(shared(before, structuredClone(before))).toBe(before);
});

test('what changed is fresh, what stands beside it is not', () => {
  const before = { id: 1, flags: { read: false }, parts: [{ text: 'a' }, { text: 'b' }] };
  const now = shared(before, { id: 1, flags: { read: true }, parts: [{ text: 'a' }, { text: 'b' }] });
  expect(now).toEqual({ id: 1, flags: { read: true }, parts: [{ text: 'a' }, { text: 'b' }] });
  expect(now.parts).toBe(before.parts);
});

test('what came or went is a change', () => {
  const before: { a?: number; list: number[] } = { a: 1, list: [1, 2] };
  expect(shared(before, { list: [1, 2] })).toEqual({ list: [1, 2] });
  expect(shared(before, { a: 1, list: [1, 2, 3] }).list).toEqual([1, 2, 3]);
  const unnamed: { a?: number | undefined } = {};
  expect('a' in shared(unnamed, { a: undefined })).toBe(true);
});
