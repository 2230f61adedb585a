import { expect, it } from 'vitest';
import { isLoopback, readConfig } from './config.ts';

const server = { host: 'mail.example.org', port: 993, security: 'tls', user: 'ann' };
const config = { imap: server, smtp: server, auth: 'password', savesSent: false };

it('reads what it wrote', () => {
  expect(readConfig(config)).toMatchObject({ imap: server, pollMs: 60_000 });
});

it('refuses a server elsewhere without encryption, and allows one on this machine', () => {
  const bare = { ...server, security: 'none' };
  expect(readConfig({ ...config, imap: bare })).toMatch(/without encryption/);
  expect(readConfig({ ...config, imap: { ...bare, host: '127.0.0.1' } })).toMatchObject({ imap: { security: 'none' } });
});

it('says what is wrong with damaged settings', () => {
  expect(readConfig({ ...config, smtp: { ...server, port: 0 } })).toMatch(/port/);
});

it('takes for this machine only what cannot be another', () => {
  for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '::1', 'mail.localhost'])
    expect(isLoopback(host)).toBe(true);
  for (const host of ['127.0.0.1.example.org', 'localhost.example.org', '10.0.0.1', '0.0.0.0'])
    expect(isLoopback(host)).toBe(false);
});
