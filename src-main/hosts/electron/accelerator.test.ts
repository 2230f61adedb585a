import { expect, test } from 'vitest';
import { acceleratorOf } from './accelerator.ts';

test.each([
  ['j', 'J'],
  ['Ctrl+Shift+Enter', 'CmdOrCtrl+Shift+Enter'],
  ['Alt+ArrowLeft', 'Alt+Left'],
  ['#', '#'],
  ['?', '?'],
  ['Ctrl+,', 'CmdOrCtrl+,'],
])('%s is shown as %s', (keys, shown) => {
  expect(acceleratorOf(keys, false)).toBe(shown);
});

test('a sequence, a plus and a key of no name are not shown', () => {
  for (const keys of ['g i', '+', 'Ctrl++', 'Dead', 'Hyper+a', null])
    expect(acceleratorOf(keys, false)).toBeUndefined();
});

test('where a menu takes its keys from the page, letters stay with the text', () => {
  expect(acceleratorOf('e', true)).toBeUndefined();
  expect(acceleratorOf('Shift+o', true)).toBeUndefined();
  expect(acceleratorOf('Ctrl+k', true)).toBe('CmdOrCtrl+K');
});
