import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realClock } from '../../../adapters/_kit/testing/index.ts';
import type { ImportView } from '../../../src-shared/ipc/index.ts';
import type { ImportId } from '../../../src-shared/model/index.ts';
import { collect } from '../attachments/index.ts';
import { eventually } from '../testing/harness.ts';
import { letter, PretendNetwork } from '../testing/network.ts';
import { openWorld, type World } from '../testing/world.ts';

let network: PretendNetwork;
let world: World;
let path: string;
beforeEach(async () => {
  network = new PretendNetwork();
  world = await openWorld(realClock, network);
  path = join(world.bench.folder, 'old.letters');
  await writeFile(path, Array.from({ length: 52 }, (_, n) => (n === 7 ? '!torn' : `letter ${n}`)).join('\n'));
});
afterEach(() => world.bench.close());

const stats = () => world.bench.call('app.stats', {});
const view = async (id: ImportId): Promise<ImportView> => {
  const found = (await world.bench.call('import.list', {})).find((each) => each.id === id);
  if (!found) throw new Error('The import is not listed');
  return found;
};
const inState = (id: ImportId, state: ImportView['state']) =>
  eventually(async () => {
    const now = await view(id);
    return now.state === state && now;
  });
/** Stops the reader before its nth batch, until it is let go. */
function holdBefore(batch: number): { reached: Promise<void>; letGo: () => void } {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let count = 0;
  network.onArrival = async () => {
    count += 1;
    if (count < batch) return;
    reached.resolve();
    await gate.promise;
  };
  return { reached: reached.promise, letGo: gate.resolve };
}

describe('an import', () => {
  it('reads an archive to its end, counts, and names what is damaged', async () => {
    const { import: id } = await world.bench.call('import.start', { path });
    const ended = await inState(id, 'done');
    expect(ended).toMatchObject({ messages: 52, added: 52, done: 52, total: 52, damagedCount: 1, error: null });
    expect(ended.damaged).toEqual([{ number: 8, reason: 'It is.' }]);
    expect((await stats()).messages).toBe(52);
    expect(await world.bench.call('accounts.list', {})).toMatchObject([{ label: 'Archives on this computer' }]);
  });

  it('done twice adds nothing the second time', async () => {
    const first = await world.bench.call('import.start', { path });
    await inState(first.import, 'done');
    const second = await world.bench.call('import.start', { path });
    await inState(second.import, 'done');
    expect((await stats()).messages).toBe(52);
  });

  it('goes on by itself after a kill, from the last committed batch', async () => {
    const hold = holdBefore(5);
    const { import: id } = await world.bench.call('import.start', { path });
    await hold.reached;
    await eventually(async () => (await stats()).messages === 20);
    network.onArrival = undefined;
    const served = network.pagesServed;
    await world.bench.crash();
    const ended = await inState(id, 'done');
    expect(ended.messages).toBe(52);
    expect((await stats()).messages).toBe(52);
    expect(network.pagesServed - served).toBe(7);
    hold.letGo();
  });

  it('stops when cancelled, keeps what it has, and goes on when asked', async () => {
    const hold = holdBefore(3);
    const { import: id } = await world.bench.call('import.start', { path });
    await hold.reached;
    const cancelling = world.bench.call('import.cancel', { import: id });
    hold.letGo();
    await cancelling;
    expect((await view(id)).state).toBe('cancelled');
    expect((await stats()).messages).toBeLessThan(52);
    network.onArrival = undefined;
    await world.bench.call('import.resume', { import: id });
    await inState(id, 'done');
    expect((await stats()).messages).toBe(52);
  });

  it('ends when its account is removed, and takes nothing else down', async () => {
    const hold = holdBefore(3);
    await world.bench.call('import.start', { path });
    await hold.reached;
    const [account] = await world.bench.call('accounts.list', {});
    if (!account) throw new Error('There is no account');
    const removing = world.bench.call('accounts.remove', { account: account.id });
    hold.letGo();
    await removing;
    expect(await stats()).toMatchObject({ accounts: 0, messages: 0 });
    expect(await world.bench.call('import.list', {})).toEqual([]);
  });

  it('of what is not there, or nothing reads, is refused in words', async () => {
    await expect(world.bench.call('import.start', { path: `${path}.gone` })).rejects.toThrow('no-such-file');
    await expect(world.bench.call('import.start', { path: world.bench.folder })).rejects.toThrow('unsupported');
  });
});

describe('an export as JSON Lines', () => {
  it('read into an empty database gives the same export again', async () => {
    const { import: id } = await world.bench.call('import.start', { path });
    await inState(id, 'done');
    const out = join(world.bench.folder, 'all.jsonl');
    expect(await world.bench.call('export.start', { path: out, format: 'jsonl' })).toEqual({
      messages: 52,
      skipped: [],
    });
    const other = await openWorld(realClock);
    try {
      const again = await other.bench.call('import.start', { path: out });
      await eventually(async () =>
        (await other.bench.call('import.list', {})).some((each) => each.id === again.import && each.state === 'done'),
      );
      const second = join(other.bench.folder, 'again.jsonl');
      await other.bench.call('export.start', { path: second, format: 'jsonl' });
      expect(await readFile(second, 'utf8')).toBe(await readFile(out, 'utf8'));
      expect(await other.bench.call('accounts.list', {})).toMatchObject([{ label: 'Archives on this computer' }]);
    } finally {
      await other.bench.close();
    }
  });

  it('takes along the files that were here', async () => {
    world.network.history = [letter('with-files', { at: 5000, files: ['fetched', 'left'] })];
    await world.bench.login();
    const row = await eventually(async () => (await world.bench.call('inbox.page', {})).rows[0]);
    const files = async (bench: World['bench']) => {
      const [found] = (await bench.call('inbox.page', {})).rows;
      if (!found) throw new Error('no conversation');
      const { messages } = await bench.call('conversation.page', { conversation: found.id });
      return messages[0]?.attachments ?? [];
    };
    const first = (await files(world.bench))[0];
    if (!first) throw new Error(`no file in ${row.title}`);
    await world.bench.call('attachment.fetch', { attachment: first.id });
    const out = join(world.bench.folder, 'files.jsonl');
    await world.bench.call('export.start', { path: out, format: 'jsonl' });

    const other = await openWorld(realClock);
    try {
      await other.bench.call('import.start', { path: out });
      const done = async () => (await other.bench.call('import.list', {}))[0]?.state === 'done';
      await eventually(done);
      const here = await files(other.bench);
      expect(here.map(({ state }) => state)).toEqual(['local', 'remote']);
      const opened = await other.bench.hub.openAttachment(here[0]?.id ?? first.id);
      expect(Buffer.from(await collect(opened.stream())).toString()).toBe('bytes of fetched');
      const second = join(other.bench.folder, 'again.jsonl');
      await other.bench.call('export.start', { path: second, format: 'jsonl' });
      expect(await readFile(second, 'utf8')).toBe(await readFile(out, 'utf8'));
    } finally {
      await other.bench.close();
    }
  });

  it('that cannot be written says so and leaves nothing', async () => {
    await expect(
      world.bench.call('export.start', { path: join(world.bench.folder, 'no', 'x.jsonl'), format: 'jsonl' }),
    ).rejects.toThrow('cannot-write');
  });
});

it('an export as mbox is refused where the host cannot compose mail', async () => {
  await expect(
    world.bench.call('export.start', { path: join(world.bench.folder, 'a.mbox'), format: 'mbox' }),
  ).rejects.toThrow('unsupported');
});
