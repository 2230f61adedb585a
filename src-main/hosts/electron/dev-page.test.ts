import { expect, test } from 'vitest';
import { devPage } from './dev-page.ts';

test('a finished program takes its page from itself, whatever its environment says', () => {
  expect(devPage(true, { CARILLON_DEV_PAGE: 'http://127.0.0.1:5173/' })).toBeUndefined();
});

test.each([
  '',
  'nonsense',
  'https://127.0.0.1:5173/',
  'http://example.org/',
  'http://127.0.0.1.example.org/',
  'file:///tmp/x',
])('the page is not taken from %j', (address) =>
  expect(devPage(false, { CARILLON_DEV_PAGE: address })).toBeUndefined(),
);

test('while one works on it the page comes from this machine, and may hear of changes from there alone', () => {
  const page = devPage(false, { CARILLON_DEV_PAGE: 'http://127.0.0.1:5173/' });
  expect(page?.url.href).toBe('http://127.0.0.1:5173/');
  expect(page?.policy).toContain("connect-src 'self' ws://127.0.0.1:5173;");
  expect(page?.policy).toContain("default-src 'none'");
});
