import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { asMessageKey, asUserKey } from '../../src-shared/model/index.ts';
import { openStore } from './index.ts';

// Each store starts two threads, which takes its time where many do.
vi.setConfig({ testTimeout: 180_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const key = new Uint8Array(32).fill(7);
const options = () => ({ file: join(folder, 'carillon.db'), key, now: () => 1_700_000_000_000 });

const description = { key: asUserKey('me@example.org'), label: 'Mine', identities: [], config: {} };

test('a message written is read back, also after closing and opening again, and the file shows nothing of it', async () => {
  const store = await openStore(options());
  const { account } = await store.command('account.save', { channel: 'test', description, inboxIsLabel: false });
  await store.command('ingest', {
    account,
    batch: {
      origin: 'live',
      events: [
        {
          type: 'message',
          message: {
            key: asMessageKey('m1'),
            links: ['m1'],
            from: { is: 'user', key: asUserKey('ada@example.org'), name: 'Ada' },
            at: 1_690_000_000_000,
            subject: 'Analytical engine',
            parts: [{ kind: 'text', format: 'plain', text: 'It weaves algebraical patterns' }],
          },
        },
      ],
    },
  });
  const list = { view: 'inbox', sort: 'newest', limit: 50 } as const;
  const before = await store.query('list.page', list);
  expect(before.rows).toMatchObject([{ title: 'Analytical engine', unread: 1, people: [{ name: 'Ada' }] }]);
  await store.close();

  const bytes = readFileSync(join(folder, 'carillon.db'));
  expect(bytes.includes('SQLite format 3')).toBe(false);
  expect(bytes.includes('algebraical')).toBe(false);
  const again = await openStore(options());
  expect(await again.query('list.page', list)).toEqual(before);
  const [row] = before.rows;
  if (!row) throw new Error('no row');
  const page = await again.query('conversation.page', { conversation: row.id, limit: 10 });
  expect(page.messages[0]?.parts).toEqual([{ kind: 'text', format: 'plain', text: 'It weaves algebraical patterns' }]);
  await again.close();
});

test('what a message was made from is stored as it was, and stays with whoever handed it in', async () => {
  const store = await openStore(options());
  const { account } = await store.command('account.save', { channel: 'test', description, inboxIsLabel: false });
  // Views of one buffer, as they come out of an archive.
  const archive = new TextEncoder().encode('From: ada@example.org, From: bob@example.org');
  const sources = [archive.subarray(0, 21), archive.subarray(23)];
  const put = (n: number) =>
    store.command('ingest', {
      account,
      batch: {
        origin: 'history',
        events: sources.map((source, i) => ({
          type: 'message' as const,
          message: {
            key: asMessageKey(`m${n} ${i}`),
            links: [`m${n} ${i}`],
            from: { is: 'user' as const, key: asUserKey('ada@example.org') },
            at: 1_690_000_000_000,
            parts: [],
            source,
          },
        })),
      },
    });
  await Promise.all([put(1), put(2)]);
  await put(3);
  for (const n of [1, 2, 3])
    for (const [i, source] of sources.entries()) {
      const stored = await store.query('lookup.source', { account, key: asMessageKey(`m${n} ${i}`) });
      expect(stored && Buffer.from(stored).toString()).toBe(`From: ${i === 0 ? 'ada' : 'bob'}@example.org`);
      expect(source).toHaveLength(21);
    }
  await store.close();
});

test('a wrong key is refused as such and the file is left as it was', async () => {
  await (await openStore(options())).close();
  const before = readFileSync(join(folder, 'carillon.db'));
  await expect(openStore({ ...options(), key: new Uint8Array(32).fill(8) })).rejects.toMatchObject({
    name: 'StoreError',
    code: 'wrong-key',
  });
  expect(readFileSync(join(folder, 'carillon.db')).equals(before)).toBe(true);
  await (await openStore(options())).close();
});

test('batches that wait together are stored together, and one that cannot be fails by itself', async () => {
  const store = await openStore(options());
  const { account } = await store.command('account.save', { channel: 'test', description, inboxIsLabel: false });
  const nobody = 99 as typeof account;
  const said = (n: number) => ({
    type: 'message' as const,
    message: {
      key: asMessageKey(`m${n}`),
      links: [`m${n}`, 'all'],
      from: { is: 'user' as const, key: asUserKey(`u${n}@example.org`) },
      at: 1_690_000_000_000 + n,
      parts: [{ kind: 'text' as const, format: 'plain' as const, text: `said ${n}` }],
    },
  });
  const ingest = (into: typeof account, n: number) =>
    store.command('ingest', { account: into, batch: { origin: 'history', events: [said(n)] } });

  const ends = await Promise.allSettled([1, 2, 3, 2, 4].map((n) => ingest(n === 3 ? nobody : account, n)));

  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(ends.map((end) => (end.status === 'fulfilled' ? end.value.added : -1))).toEqual([1, 1, -1, 0, 1]);
  const { rows } = await store.query('list.page', { view: 'inbox', sort: 'newest', limit: 50 });
  expect(rows).toMatchObject([{ messages: 3, preview: 'said 4' }]);
  expect((await store.query('check', {})).filter(({ ok }) => !ok)).toEqual([]);
  await store.close();
});

test('D-1: what was asked before closing is still done, answered and there afterwards', async () => {
  const store = await openStore(options());
  const { account } = await store.command('account.save', { channel: 'test', description, inboxIsLabel: false });
  const asked = ['first', 'second', 'last'].map((label) =>
    store.command('account.update', { account, description: { label } }),
  );
  await store.close();
  const ends = await Promise.allSettled(asked);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);

  const again = await openStore(options());
  expect(await again.query('accounts', {})).toMatchObject([{ description: { label: 'last' } }]);
  await again.close();
});
