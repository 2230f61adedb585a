import { execFile, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asMessageKey, asUserKey } from '../../src-shared/model/index.ts';
import { execute } from './commands/index.ts';
import { explain } from './connection/errors.ts';
import { open } from './connection/open.ts';
import { openStore } from './index.ts';
import { migrate } from './migrations/run.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-durable-'));
  file = join(folder, 'carillon.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const key = new Uint8Array(32).fill(7);
const description = { key: asUserKey('me'), label: 'Mine', identities: [], config: {} };
const message = (n: number, text: string) => ({
  type: 'message' as const,
  message: {
    key: asMessageKey(`m${n}`),
    links: [`m${n}`],
    from: { is: 'user' as const, key: asUserKey('ada@example.org') },
    at: 1_600_000_000_000 + n * 1000,
    parts: [{ kind: 'text' as const, format: 'plain' as const, text }],
  },
});

test('D-1: killed in the middle of ingest, nothing that was acknowledged is missing and everything agrees', async () => {
  const script = fileURLToPath(new URL('./testing/ingest-forever.ts', import.meta.url));
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise((resolve) => child.on('exit', resolve));
  let acknowledged = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged = Number(line);
    if (acknowledged >= 1000) child.kill('SIGKILL');
  }
  await gone;

  const store = await openStore({ file, key, now: Date.now });
  const { messages } = await store.query('stats', {});
  expect(messages).toBeGreaterThanOrEqual(acknowledged);
  const [account] = await store.query('accounts', {});
  if (!account) throw new Error('the account is gone');
  const checkpoint = await store.query('checkpoint', { account: account.id, scope: 'all' });
  expect(Number(checkpoint)).toBe(messages);
  for (const check of await store.query('check', {})) expect(check).toMatchObject({ ok: true });
  await store.close();
}, 180_000);

test('D-2: a full disk is said to be one, the batch is not half there, and with room again work goes on', () => {
  const sql = open({ file, key, readonly: false, cacheKib: 1000 });
  migrate(sql);
  const { account } = execute(sql, 1, 'account.save', { channel: 'test', inboxIsLabel: false, description });
  const ingest = (from: number, size: number) =>
    execute(sql, 1, 'ingest', {
      account,
      batch: {
        origin: 'history',
        events: Array.from({ length: size }, (_, i) => message(from + i, `${'long words '.repeat(200)} ${from + i}`)),
      },
    });
  ingest(0, 10);
  const pages = Number(sql.db.pragma('page_count', { simple: true }));
  sql.db.pragma(`max_page_count = ${pages + 20}`);
  let failure: unknown;
  try {
    ingest(10, 500);
  } catch (error) {
    failure = explain(error);
  }
  expect(failure).toMatchObject({ name: 'StoreError', code: 'full' });
  expect(sql.get('SELECT count(*) AS n FROM messages')).toEqual({ n: 10 });
  sql.db.pragma('max_page_count = 1000000');
  ingest(10, 500);
  expect(sql.get('SELECT count(*) AS n FROM messages')).toEqual({ n: 510 });
  sql.db.close();
});

test('D-2: a disk that takes no more is said so, whoever opens it again; what was acknowledged is there, and with room work goes on', async () => {
  const script = fileURLToPath(new URL('./testing/ingest-until-refused.ts', import.meta.url));
  // In blocks of 512 bytes or of 1,024, as the shell likes.
  const limited = 'ulimit -f 6000 && exec "$0" "$1" "$2"';
  const { stdout } = await promisify(execFile)('sh', ['-c', limited, process.execPath, script, file]);
  const { acknowledged, codes, found } = JSON.parse(stdout);
  expect(codes).toEqual(['io', 'io', 'io']);
  expect(acknowledged).toBeGreaterThan(0);
  expect(found).toBe(acknowledged);
  const store = await openStore({ file, key, now: Date.now });
  const [account] = await store.query('accounts', {});
  if (!account) throw new Error('the account is gone');
  await store.command('ingest', {
    account: account.id,
    batch: { origin: 'live', events: [message(-1, 'room again')] },
  });
  expect((await store.query('stats', {})).messages).toBe(acknowledged + 1);
  for (const check of await store.query('check', {})) expect(check).toMatchObject({ ok: true });
  await store.close();
}, 180_000);

test('D-2: a database whose folder is taken away takes nothing in, is not made anew, and goes on where it was once it is back', async () => {
  const [here, elsewhere] = [join(folder, 'profile'), join(folder, 'elsewhere')];
  mkdirSync(here);
  const placed = join(here, 'carillon.db');
  const store = await openStore({ file: placed, key, now: Date.now });
  const { account } = await store.command('account.save', { channel: 'test', inboxIsLabel: false, description });
  const ingest = (n: number) =>
    store.command('ingest', { account, batch: { origin: 'live', events: [message(n, `words ${n}`)] } });
  await ingest(1);

  renameSync(here, elsewhere);
  await expect(ingest(2)).rejects.toMatchObject({
    name: 'StoreError',
    code: 'io',
    message: expect.stringContaining('not where it was'),
  });
  mkdirSync(here);
  await expect(ingest(2)).rejects.toMatchObject({ code: 'io' });
  expect((await store.query('stats', {})).messages).toBe(1);
  expect(readdirSync(here)).toEqual([]);
  writeFileSync(placed, 'another');
  await expect(ingest(2)).rejects.toMatchObject({ code: 'io', message: expect.stringContaining('Another') });

  rmSync(here, { recursive: true });
  renameSync(elsewhere, here);
  await ingest(2);
  await store.close();
  const again = await openStore({ file: placed, key, now: Date.now });
  expect((await again.query('stats', {})).messages).toBe(2);
  for (const check of await again.query('check', {})) expect(check).toMatchObject({ ok: true });
  await again.close();
}, 180_000);

test('D-3: a damaged page is reported as damage, on reading it and by the check, and other pages still serve', async () => {
  const store = await openStore({ file, key, now: Date.now });
  const { account } = await store.command('account.save', { channel: 'test', inboxIsLabel: false, description });
  const events = Array.from({ length: 400 }, (_, i) => message(i, `${'some words '.repeat(60)} ${i}`));
  await store.command('ingest', { account, batch: { origin: 'history', events } });
  await store.close();

  const size = readFileSync(file).length;
  const handle = openSync(file, 'r+');
  for (let offset = 4096 * Math.floor(size / 4096 / 2); offset < size - 4096; offset += 4096 * 3)
    writeSync(handle, Buffer.alloc(512, 0x5a), 0, 512, offset);
  const damaged = await openStore({ file, key, now: Date.now });
  await expect(damaged.query('check', {})).rejects.toMatchObject({ name: 'StoreError' });
  expect(await damaged.query('accounts', {})).toHaveLength(1);
  await damaged.close();
}, 180_000);

test('D-4: what fails inside the worker rejects its own call and no other', async () => {
  const store = await openStore({ file, key, now: Date.now });
  const good = store.query('accounts', {});
  await expect(
    store.query('list.page', { view: 'inbox', sort: 'newest', limit: 5, cursor: 'nonsense' }),
  ).rejects.toThrow('cursor');
  await expect(
    store.command('outbox.settle', { outbox: 99 as never, settlement: { as: 'awaiting-echo' } }),
  ).rejects.toThrow('99');
  expect(await good).toEqual([]);
  await store.close();
  await expect(store.query('accounts', {})).rejects.toMatchObject({ code: 'io' });
}, 180_000);
