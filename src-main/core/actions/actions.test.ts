import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { ChannelError } from '../../../src-shared/channel.ts';
import type { ConversationRow } from '../../../src-shared/ipc/index.ts';
import { type AccountId, asLabelKey, type ConversationId } from '../../../src-shared/model/index.ts';
import { StoreError } from '../../store/index.ts';
import { eventually } from '../testing/harness.ts';
import { letter, PretendNetwork } from '../testing/network.ts';
import { mailTo, openWorld, type World } from '../testing/world.ts';

let clock: FakeClock;
let network: PretendNetwork;
let world: World;
let account: AccountId;
const begin = async (): Promise<void> => {
  world = await openWorld(clock, network);
  account = await world.bench.login();
};
beforeEach(async () => {
  clock = fakeClock();
  network = new PretendNetwork();
  await begin();
});
afterEach(() => world.bench.close());

const arrive = async (id: string, thread?: string): Promise<void> =>
  world.acts.sessions.at(-1)?.context.emit({
    events: [letter(id, { at: clock.now(), ref: `1:${id}`, ...(thread ? { thread } : {}) })],
    origin: 'live',
  });
const inbox = async (): Promise<readonly ConversationRow[]> =>
  (await world.bench.call('inbox.page', { view: 'inbox' })).rows;
const first = async (): Promise<ConversationId> => {
  const [row] = await inbox();
  if (!row) throw new Error('The inbox is empty');
  return row.id;
};
const done = (text: string) => eventually(() => network.done.includes(text));

describe('an action', () => {
  it('archives by moving from the inbox to the archive folder, at once here and then there', async () => {
    await arrive('a', 't');
    await arrive('b', 't');
    await world.bench.call('act.archive', { conversations: [await first()], on: true });
    expect(await inbox()).toEqual([]);
    await done('label a@example.org,b@example.org +Archive -INBOX');
  });

  it('brings back what was archived', async () => {
    await arrive('a');
    const conversation = await first();
    await world.bench.call('act.archive', { conversations: [conversation], on: true });
    await done('label a@example.org +Archive -INBOX');
    await world.bench.call('act.archive', { conversations: [conversation], on: false });
    expect((await inbox()).map((row) => row.id)).toEqual([conversation]);
    await done('label a@example.org +INBOX -Archive');
  });

  it('makes the archive folder where there is none', async () => {
    await world.bench.close();
    network = new PretendNetwork();
    network.hasArchive = false;
    await begin();
    await arrive('a');
    await world.bench.call('act.archive', { conversations: [await first()], on: true });
    await done('label a@example.org +Archive -INBOX');
    expect(network.done[0]).toBe('create Archive');
  });

  it('marks read and starred there, and only what was not', async () => {
    await arrive('a', 't');
    await arrive('b', 't');
    const conversations = [await first()];
    await world.bench.call('act.flag', { conversations, read: true });
    expect((await inbox())[0]?.unread).toBe(0);
    await done('flag a@example.org,b@example.org {"read":true}');
    await world.bench.call('act.flag', { conversations, read: true, starred: true });
    expect((await inbox())[0]?.starred).toBe(true);
    await done('flag b@example.org {"starred":true}');
    expect(network.done).toHaveLength(2);
  });

  it('that the network refuses is taken back here', async () => {
    await arrive('a');
    network.refusals.push(new ChannelError('read-only', 'refused', 'The folder is read-only.'));
    const conversations = [await first()];
    await world.bench.call('act.flag', { conversations, starred: true });
    await eventually(async () => (await inbox())[0]?.starred === false);
    expect((await world.bench.call('outbox.list', {})).map(({ delivery }) => delivery.error)).toContain(
      'The folder is read-only.',
    );
  });

  it('mutes and pins here where the network has no such thing', async () => {
    await arrive('a');
    const conversations = [await first()];
    await world.bench.call('act.mute', { conversations, on: true });
    await world.bench.call('act.pin', { conversations, on: true });
    expect((await inbox())[0]).toMatchObject({ muted: true, pinned: true });
  });

  it('a channel cannot do is refused in words', async () => {
    await arrive('a');
    const conversations = [await first()];
    await expect(world.bench.call('act.remove', { conversations, scope: 'everyone' })).rejects.toThrow(
      'unsupported: Scripted cannot remove messages for everyone.',
    );
    await expect(world.bench.call('act.move', { conversations, role: 'spam' })).rejects.toThrow('no-such-folder');
  });

  it('over two accounts moves in neither when one of them has nowhere to move to', async () => {
    await arrive('a');
    const [session] = world.acts.sessions;
    const path = join(world.bench.folder, 'old.letters');
    await writeFile(path, 'one letter');
    await world.bench.call('import.start', { path });
    const other = await eventually(async () => (await inbox()).find((row) => row.account !== account)?.account);
    const second = await eventually(() => world.acts.sessions.find((each) => each !== session && each.connected > 0));
    const told = (role: 'trash' | 'spam') => ({
      events: [
        { type: 'label' as const, key: asLabelKey(role), patch: { name: role, kind: 'folder' as const, role }, at: 1 },
      ],
      origin: 'history' as const,
    });
    await session?.context.emit(told('trash'));
    await second.context.emit(told('spam'));
    const conversations = (await inbox()).map(({ id }) => id);
    expect(conversations).toHaveLength(2);
    for (const role of ['trash', 'spam'] as const)
      await expect(world.bench.call('act.move', { conversations, role })).rejects.toThrow('no-such-folder');
    expect((await inbox()).map((row) => row.account).toSorted()).toEqual([account, other].toSorted());
    expect(await world.bench.call('outbox.list', {})).toEqual([]);
  });

  it('snoozes until the hour comes, or until the disk can be written to again', async () => {
    const { store } = world.bench;
    const command = store.command.bind(store);
    const until = clock.now() + 3_600_000;
    let refused = 0;
    store.command = (name, input, committed) => {
      if (name !== 'snooze.wake' || clock.now() < until || refused > 0) return command(name, input, committed);
      refused += 1;
      return Promise.reject(new StoreError('full', 'The disk is full.'));
    };
    await arrive('a');
    await world.bench.call('act.snooze', { conversations: [await first()], until });
    expect(await inbox()).toEqual([]);
    await clock.advance(3_500_000);
    expect(await inbox()).toEqual([]);
    await eventually(async () => {
      await clock.advance(60_000);
      return (await inbox()).length === 1;
    });
    expect(refused).toBe(1);
    expect(clock.now() - until).toBeLessThan(1_800_000);
  });

  it('sends and archives in one go', async () => {
    await arrive('a', 't');
    const conversation = await first();
    const { message } = await world.bench.call('compose.send', {
      ...mailTo(account, 'Yes', { conversation }),
      archive: true,
    });
    await eventually(async () => {
      await clock.advance(1000);
      return (await world.bench.call('message.get', { message }))?.delivery?.state === 'sent';
    });
    await done('label a@example.org +Archive -INBOX');
    expect(await inbox()).toEqual([]);
  });

  it('that cannot follow a sent message does not make it be sent twice', async () => {
    await world.bench.close();
    network = new PretendNetwork();
    network.hasArchive = false;
    await begin();
    await arrive('a', 't');
    network.refusals.push(new ChannelError('quota', 'refused', 'No more folders.'));
    const { message } = await world.bench.call('compose.send', {
      ...mailTo(account, 'Yes', { conversation: await first() }),
      archive: true,
    });
    await eventually(async () => {
      await clock.advance(1000);
      return (await world.bench.call('message.get', { message }))?.delivery?.state === 'sent';
    });
    expect(network.arrived).toHaveLength(1);
    expect(await inbox()).toHaveLength(1);
  });

  it('shows the words of one’s own message in lists, not its mark-up, before it is sent as after', async () => {
    const preview = async () => (await world.bench.call('inbox.page', {})).rows[0]?.preview;
    const sent = await world.bench.call('compose.send', mailTo(account, '**Tea** at _four_', { format: 'markdown' }));
    expect(await preview()).toBe('Tea at four');
    await eventually(async () => {
      await clock.advance(1000);
      return (await world.bench.call('message.get', { message: sent.message }))?.delivery?.state === 'sent';
    });
    await world.bench.call('act.edit', { message: sent.message, text: '**Tea** at _five_', format: 'markdown' });
    await eventually(async () => (await preview()) === 'Tea at five');
    expect(network.done.some((line) => line.startsWith('edit ') && line.includes('**Tea** at _five_'))).toBe(true);
  });

  it('edits one’s own message within the time the network gives', async () => {
    const { message } = await world.bench.call('compose.send', mailTo(account, 'Helo'));
    await eventually(async () => {
      await clock.advance(1000);
      return (await world.bench.call('message.get', { message }))?.delivery?.state === 'sent';
    });
    await world.bench.call('act.edit', { message, text: 'Hello', format: 'plain' });
    expect((await world.bench.call('message.get', { message }))?.parts).toMatchObject([{ text: 'Hello' }]);
    await eventually(() => network.done.some((line) => line.startsWith('edit ') && line.includes('Hello')));
    await clock.advance(600_000);
    await expect(world.bench.call('act.edit', { message, text: 'X', format: 'plain' })).rejects.toThrow('too-late');
  });
});

describe('a notice', () => {
  const notices = () => world.bench.heard.filter(({ event }) => event === 'notify').map(({ payload }) => payload);
  it('is given for what arrives, but not while it is looked at, muted or switched off', async () => {
    await arrive('a', 't');
    await eventually(() => notices().length === 1);
    expect(notices()).toMatchObject([{ title: 'Ala Nowak · Letter t', body: 'Text of a' }]);
    const conversation = await first();
    await world.bench.call('act.focus', { conversation });
    await arrive('b', 't');
    await world.bench.call('act.focus', { conversation: null });
    await world.bench.call('act.mute', { conversations: [conversation], on: true });
    await arrive('c', 't');
    await world.bench.call('settings.set', { patch: { notifications: false } });
    await arrive('d', 'other');
    // Time passes once nothing is under way: by then "d" has been judged.
    await clock.advance(1);
    await world.bench.call('settings.set', { patch: { notifications: true } });
    await arrive('e', 'third');
    await eventually(() => notices().length === 2);
    expect(notices()).toMatchObject([{ body: 'Text of a' }, { body: 'Text of e' }]);
  });
});
