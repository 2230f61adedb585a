import { expect, test } from 'vitest';
import { parseMailto } from './mailto.ts';

// The addresses are the examples of RFC 6068, section 6.
test.each([
  ['mailto:chris@example.com', { to: 'chris@example.com' }],
  ['mailto:infobot@example.com?subject=current-issue', { to: 'infobot@example.com', subject: 'current-issue' }],
  ['mailto:infobot@example.com?body=send%20current-issue', { text: 'send current-issue' }],
  [
    'mailto:infobot@example.com?body=send%20current-issue%0D%0Asend%20index',
    { text: 'send current-issue\nsend index' },
  ],
  ['mailto:joe@example.com?cc=bob@example.com&body=hello', { cc: ['bob@example.com'], text: 'hello' }],
  ['mailto:?to=joe@example.com&cc=bob@example.com&body=hello', { to: 'joe@example.com' }],
  ['mailto:gorby%25kremvax@example.com', { to: 'gorby%kremvax@example.com' }],
  ['mailto:unlikely%3Faddress@example.com?blat=foop', { to: 'unlikely?address@example.com', subject: null }],
  ['mailto:user@example.org?subject=caf%C3%A9&body=caf%C3%A9', { subject: 'café', text: 'café' }],
  ['MAILTO:addr1@an.example,addr2@an.example', { to: 'addr1@an.example, addr2@an.example' }],
])('%s is read', (url, expected) => {
  expect(parseMailto(url)).toMatchObject(expected);
});

test('a broken escape stays as it is, a line break cannot end the subject, files cannot be attached', () => {
  expect(parseMailto('mailto:a@b?subject=x%0D%0ABcc:%20c@d&attach=/etc/passwd&body=100%')).toEqual({
    to: 'a@b',
    cc: [],
    bcc: [],
    subject: 'x Bcc: c@d',
    text: '100%',
  });
  expect(parseMailto('https://example.org')).toBeNull();
});
