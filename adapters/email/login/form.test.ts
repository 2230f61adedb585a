import { expect, it } from 'vitest';
import { draftFrom, identitiesOf, readAddress, readSettings } from './form.ts';

const server = { host: 'mail.example.org', port: 993, security: 'tls', user: 'ann@example.org' } as const;
const draft = draftFrom('ann@example.org', 'Ann', { source: 'guess', preset: undefined, imap: server, smtp: server });

it('reads addresses with domains in any script', () => {
  expect(readAddress(' Ann@Bücher.Example ')).toBe('Ann@xn--bcher-kva.example');
  for (const bad of ['', 'ann', '@example.org', 'ann@', 'a b@example.org', 'ann@ex ample.org'])
    expect(readAddress(bad)).toBeUndefined();
});

it('keeps what was not answered and says which answer cannot be', () => {
  expect(readSettings(draft, { imapHost: 'Bücher.example' })).toMatchObject({
    imap: { host: 'xn--bcher-kva.example', port: 993 },
    smtp: { host: 'mail.example.org' },
  });
  expect(readSettings(draft, { imapPort: 'x' })).toMatch(/incoming port/);
  expect(readSettings(draft, { smtpHost: 'https://mail' })).toMatch(/outgoing server/);
  expect(readSettings(draft, { smtpUser: ' ' })).toMatch(/outgoing user name/);
  expect(readSettings(draft, { imapSecurity: 'none' })).toMatch(/must be reached with encryption/);
  expect(readSettings(draft, { others: 'Ann <ann@example.org>, nobody' })).toMatch(/nobody/);
});

it('forgets a confirmed certificate when the server is another', () => {
  const pinned = { ...draft, imap: { ...server, pin: 'PEM' } };
  expect(readSettings(pinned, {})).toMatchObject({ imap: { pin: 'PEM' } });
  const moved = readSettings(pinned, { imapPort: '1993' });
  expect(typeof moved === 'string' ? moved : moved.imap).not.toHaveProperty('pin');
});

it('makes an identity of each address, the first first and none twice', () => {
  const many = { ...draft, others: '"Ann, of the choir" <choir@example.org>, ANN@example.org, plain@example.org' };
  expect(identitiesOf(many)).toEqual([
    { key: 'ann@example.org', name: 'Ann' },
    { key: 'choir@example.org', name: 'Ann, of the choir' },
    { key: 'plain@example.org', name: 'Ann' },
  ]);
});
