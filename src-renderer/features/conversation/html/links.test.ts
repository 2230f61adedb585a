import { expect, test } from 'vitest';
import { isMisleading, parseLink } from './links.ts';

test('only web, mail and telephone links lead out', () => {
  expect(['https://a.example/', 'mailto:a@b.example', 'tel:+48123'].every((url) => parseLink(url) !== null)).toBe(true);
  expect(
    ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'carillon://app/', '/rpc/x'].map(parseLink),
  ).toEqual([null, null, null, null, null]);
});

test('a link whose words name another host than its target is misleading', () => {
  const target = new URL('https://evil.example/login');
  expect(isMisleading(target, 'https://bank.example/login')).toBe(true);
  expect(isMisleading(target, 'bank.example')).toBe(true);
  expect(isMisleading(target, 'Log in')).toBe(false);
  expect(isMisleading(target, 'www.evil.example')).toBe(false);
  expect(isMisleading(new URL('https://xn--bcher-kva.example/'), 'bücher.example')).toBe(false);
});
