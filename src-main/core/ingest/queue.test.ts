import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountId } from '../../../src-shared/model/index.ts';
import { asCursor, asUserKey } from '../../../src-shared/model/index.ts';
import { openStore, type Store } from '../../store/index.ts';
import { letter } from '../testing/network.ts';
import { IngestQueue } from './queue.ts';

let folder: string;
let store: Store;
let account: AccountId;
/** Events of each transaction asked for, by origin; what is to fail throws. */
let asked: string[][];
let fails: boolean;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-queue-'));
  store = await openStore({ file: join(folder, 'carillon.db'), key: new Uint8Array(32), now: () => 1 });
  const description = { key: asUserKey('me@example.org'), label: 'Mine', identities: [], config: {} };
  ({ account } = await store.command('account.save', { channel: 'test', inboxIsLabel: false, description }));
  asked = [];
  fails = false;
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

function queue(): IngestQueue {
  const watched: Store = {
    ...store,
    async command(name, input, committed) {
      if ('batch' in input) asked.push([input.batch, ...(input.following ?? [])].map(({ origin }) => origin));
      if (fails) throw new Error('no room');
      return store.command(name, input, committed);
    },
  };
  return new IngestQueue(watched, account);
}
const batch = (name: string, origin: 'live' | 'history', scope: string) => ({
  batch: { events: [letter(name, { at: 1 })], origin, checkpoint: { scope, cursor: asCursor(`after ${name}`) } },
});

describe('batches of one account', () => {
  it('that wait are one transaction whatever their origins and checkpoints, and each is answered', async () => {
    const at = queue();
    const all = await Promise.all([
      at.push(batch('a', 'live', 'one')),
      at.push(batch('b', 'live', 'two')),
      at.push(batch('c', 'history', 'two')),
      at.push(batch('d', 'live', 'one')),
      at.push(batch('e', 'live', 'one')),
    ]);
    expect(asked).toEqual([['live', 'live', 'history', 'live']]);
    expect(all.map(({ added }) => added)).toEqual([5, 0, 0, 0, 0]);
    expect(all[0]?.arrivals).toHaveLength(4);
    expect(await store.query('checkpoint', { account, scope: 'one' })).toBe('after e');
    expect(await store.query('checkpoint', { account, scope: 'two' })).toBe('after c');
  });

  it('that were emitted before it was known that one failed fail with it, but for steps of a task', async () => {
    const at = queue();
    fails = true;
    const step = { scope: 's', cursor: null, finished: true, done: 1, total: null, notBefore: 0 };
    const first = at.push(batch('a', 'live', 'one'));
    const own = at.push({ ...batch('b', 'history', 'two'), task: step }).catch(() => 'tried by itself');
    const last = at.push(batch('c', 'live', 'one'));
    await expect(first).rejects.toThrow('no room');
    await expect(last).rejects.toThrow('no room');
    expect(await own).toBe('tried by itself');
    expect(asked).toEqual([['live'], ['history']]);
    fails = false;
    await at.push(batch('d', 'live', 'one'));
    expect(await store.query('checkpoint', { account, scope: 'one' })).toBe('after d');
    await at.drained();
  });
});
