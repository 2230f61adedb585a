import { expect, test } from 'vitest';
import { asLink } from './link.ts';

test('a typed address becomes a link, and only a harmless one', () => {
  expect(asLink('example.org/a')).toBe('https://example.org/a');
  expect(asLink(' https://example.org ')).toBe('https://example.org');
  expect(asLink('ola@example.org')).toBe('mailto:ola@example.org');
  expect(['javascript:alert(1)', 'data:text/html,x', 'two words.org', 'word', ''].map(asLink)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});
