import { expect, test } from 'vitest';
import { piecesOf } from './own-emoji.ts';

const [oak, plus] = ['oak', '+oak'].map((name) => ({ text: `:${name}:`, url: `/attachment/${name}` }));
const known = new Map([oak, plus].flatMap((one) => (one ? [[one.text, one] as const] : [])));

test('pictures stand for their words and nothing else', () => {
  expect(piecesOf('At 10:30:oak: we meet :+oak::oak:.', known)).toEqual([
    'At 10:30',
    oak,
    ' we meet ',
    plus,
    '',
    oak,
    '.',
  ]);
  expect(piecesOf('No :elm: here', known)).toEqual(['No :elm: here']);
});
