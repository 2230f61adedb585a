import { expect, test } from 'vitest';
import { htmlToPlain } from './html-text.ts';

test('words before a quoted letter are found, though that letter alone has a body', () => {
  const quoted = '<html><head><style>p { color: red }</style></head><body><p>Which?</p></body></html>';
  expect(htmlToPlain(`<p>Green ones.</p><blockquote>${quoted}</blockquote>`)).toBe('Green ones.\n\n> Which?');
});
test('of a whole document only what it shows is read', () => {
  expect(htmlToPlain('<html><head><title>Tiles</title></head><body><p>Hi <b>you</b></p></body></html>')).toBe('Hi you');
});
