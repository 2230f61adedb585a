import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { HostError } from '../errors.ts';
import { temporaryFolder } from '../testing/temporary.ts';
import { databaseKey, openSecrets, type PassphrasePrompt, protectWithPassphrase } from './index.ts';
import { type Keychain, keychainSecrets } from './keychain.ts';

// A passphrase is made slow to try on purpose, on all cores there are.
vi.setConfig({ testTimeout: 180_000 });

const nobody: PassphrasePrompt = { unlock: async () => undefined, create: async () => undefined };
const answering = (...answers: string[]): PassphrasePrompt => ({
  unlock: async () => answers.shift(),
  create: async () => answers.shift(),
});
/** What a keychain is to its caller; entries of at most 2,560 bytes in UTF-16, as on Windows. */
const keychainInMemory = (entries = new Map<string, string>()): Keychain => ({
  get: async (account) => entries.get(account) ?? null,
  async set(account, value) {
    if (value.length * 2 > 2560) throw new Error('too long for this keychain');
    entries.set(account, value);
  },
  delete: async (account) => entries.delete(account),
});
const none = async () => undefined;
const codeOf = (error: unknown) => (error instanceof HostError ? error.code : error);

test('without a keychain a new profile is locked by the passphrase somebody gives', async () => {
  const file = join(temporaryFolder(), 'secrets.json');
  const options = { file, throwAway: false, keychain: none };
  const made = await openSecrets({ ...options, prompt: answering('dzwonnica') });
  expect(made.kind).toBe('passphrase');
  expect(made.warning).toBeUndefined();
  await made.set('a/password', 'hunter2');
  expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
  const opened = await openSecrets({ ...options, prompt: answering('wrong', 'dzwonnica') });
  expect(await opened.get('a/password')).toBe('hunter2');
  const denied = await openSecrets({ ...options, prompt: answering('wrong') }).catch(codeOf);
  expect(denied).toBe('wrong-passphrase');
  expect(await openSecrets({ ...options, prompt: nobody }).catch(codeOf)).toBe('passphrase-needed');
});

test('a passphrase typed with combining accents opens what the composed one locked', async () => {
  const file = join(temporaryFolder(), 'secrets.json');
  const options = { file, throwAway: false, keychain: none };
  await openSecrets({ ...options, prompt: answering('za\u017c\u00f3\u0142\u0107') });
  const opened = await openSecrets({ ...options, prompt: answering('za\u017co\u0301\u0142c\u0301') });
  expect(opened.kind).toBe('passphrase');
});

test('where nobody can be asked, an owner-only file stands in, with a standing warning', async () => {
  const file = join(temporaryFolder(), 'secrets.json');
  const options = { file, throwAway: false, keychain: none, prompt: nobody };
  const made = await openSecrets(options);
  expect(made.kind).toBe('file');
  expect(made.warning).toContain('No keychain');
  await made.set('a/password', 'hunter2');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const again = await openSecrets(options);
  expect(await again.get('a/password')).toBe('hunter2');
  await again.delete('a/password');
  expect(await (await openSecrets(options)).get('a/password')).toBeUndefined();
});

test('an open file moves under a passphrase with everything in it', async () => {
  const file = join(temporaryFolder(), 'secrets.json');
  const options = { file, throwAway: false, keychain: none };
  const open = await openSecrets({ ...options, prompt: nobody });
  await open.set('a/token', 'abcdef');
  await protectWithPassphrase(file, 'bells');
  expect(readFileSync(file, 'utf8')).not.toContain('abcdef');
  const locked = await openSecrets({ ...options, prompt: answering('bells') });
  expect([locked.kind, await locked.get('a/token')]).toEqual(['passphrase', 'abcdef']);
});

test('writes at the same time all arrive', async () => {
  const file = join(temporaryFolder(), 'secrets.json');
  const options = { file, throwAway: true, prompt: nobody };
  const made = await openSecrets(options);
  await Promise.all(Array.from({ length: 20 }, (_, n) => made.set(`n/${n}`, String(n))));
  const again = await openSecrets(options);
  expect(await Promise.all(Array.from({ length: 20 }, (_, n) => again.get(`n/${n}`)))).toEqual(
    Array.from({ length: 20 }, (_, n) => String(n)),
  );
});

test('a damaged secrets file stops the start and is left as it is', async () => {
  const file = join(temporaryFolder(), 'secrets.json');
  writeFileSync(file, '{"version":1,"kind":"file"');
  expect(await openSecrets({ file, throwAway: false, keychain: none, prompt: nobody }).catch(codeOf)).toBe(
    'secrets-damaged',
  );
  expect(readFileSync(file, 'utf8')).toBe('{"version":1,"kind":"file"');
});

test('a profile whose keychain is gone is not started afresh', async () => {
  const file = join(temporaryFolder(), 'secrets.json');
  const keychain = keychainInMemory();
  const made = await openSecrets({ file, throwAway: false, keychain: async () => keychain, prompt: nobody });
  expect(made.kind).toBe('keychain');
  expect(await openSecrets({ file, throwAway: false, keychain: none, prompt: nobody }).catch(codeOf)).toBe(
    'keychain-unavailable',
  );
});

test('a secret longer than an entry of the keychain is kept in several, and none is left behind', async () => {
  const entries = new Map<string, string>();
  const secrets = keychainSecrets(keychainInMemory(entries), 'p');
  const long = 'ż'.repeat(5_000);
  await secrets.set('oauth', long);
  expect(await secrets.get('oauth')).toBe(long);
  await secrets.set('oauth', `${long}!`);
  expect(await secrets.get('oauth')).toBe(`${long}!`);
  await secrets.set('oauth', 'short');
  expect([...entries.keys()]).toEqual(['p/oauth']);
  await secrets.set('oauth', long);
  await secrets.delete('oauth');
  expect(entries.size).toBe(0);
});

test('a long secret with a part missing is an error, never a shorter secret', async () => {
  const entries = new Map<string, string>();
  const secrets = keychainSecrets(keychainInMemory(entries), 'p');
  await secrets.set('oauth', 'x'.repeat(3_000));
  entries.delete([...entries.keys()].find((name) => name.includes('#')) ?? '');
  expect(await secrets.get('oauth').catch(codeOf)).toBe('keychain-unavailable');
});

test('the database key is made once, and never a second time beside a database', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'p'));
  const database = join(folder, 'carillon.db');
  const options = { file: join(folder, 'secrets.json'), throwAway: true, prompt: nobody };
  const key = await databaseKey(await openSecrets(options), database);
  expect(key).toHaveLength(32);
  expect(await databaseKey(await openSecrets(options), database)).toEqual(key);
  writeFileSync(database, '');
  const other = await openSecrets({ ...options, file: join(folder, 'other.json') });
  expect(await databaseKey(other, database).catch(codeOf)).toBe('key-missing');
});
