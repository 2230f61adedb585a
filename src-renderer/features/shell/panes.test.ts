import { expect, test } from 'vitest';
import { ranges, widthByKey, withinRange } from './panes.ts';

test('arrows move the edge the way they point', () => {
  expect(widthByKey('list', 380, 'ArrowRight')).toBe(396);
  expect(widthByKey('list', 380, 'ArrowLeft')).toBe(364);
  expect(widthByKey('details', 300, 'ArrowLeft')).toBe(316);
});
test('Home and End go as far as it goes, Enter back to the usual', () => {
  expect(['Home', 'End', 'Enter'].map((key) => widthByKey('rail', 200, key))).toEqual([180, 400, 232]);
  expect(widthByKey('rail', 200, 'j')).toBeNull();
});
test('no pane is drawn out of its range', () => {
  expect(withinRange('list', 10_000)).toBe(ranges.list.most);
  expect(withinRange('list', -5)).toBe(ranges.list.least);
});
