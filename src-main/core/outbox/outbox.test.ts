import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { ChannelError } from '../../../src-shared/channel.ts';
import type { DeliveryState, Output } from '../../../src-shared/ipc/index.ts';
import { type AccountId, asBlobRef, type ChannelEvent, type MessageId } from '../../../src-shared/model/index.ts';
import { StoreError } from '../../store/index.ts';
import { eventually } from '../testing/harness.ts';
import { letter, PretendNetwork } from '../testing/network.ts';
import { mailTo, openWorld, type World } from '../testing/world.ts';

let clock: FakeClock;
let network: PretendNetwork;
let world: World;
let account: AccountId;
const start = async (): Promise<void> => {
  world = await openWorld(clock, network);
  account = await world.bench.login();
};
beforeEach(async () => {
  clock = fakeClock();
  network = new PretendNetwork();
  await start();
});
afterEach(() => world.bench.close());

type Sent = Output<'compose.send'>;
const send = (
  text: string,
  more: Parameters<typeof mailTo>[2] & { notBefore?: number; archive?: boolean } = {},
): Promise<Sent> => {
  const { notBefore, archive, ...over } = more;
  return world.bench.call('compose.send', {
    ...mailTo(account, text, over),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(archive === undefined ? {} : { archive }),
  });
};
const delivery = async (message: MessageId) => (await world.bench.call('message.get', { message }))?.delivery;
const inState = (message: MessageId, state: DeliveryState) =>
  eventually(async () => {
    const now = await delivery(message);
    return now?.state === state && now;
  });
/** Time passes, minute by minute, until it is so; not while the database is at work. */
const inTime = (message: MessageId, state: DeliveryState, step = 60_000) =>
  eventually(async () => {
    await clock.advance(step);
    const now = await delivery(message);
    return now?.state === state && now;
  });
const texts = () => network.arrived.map(({ message }) => message.subject);
const unknownError = new ChannelError('timeout', 'unknown', 'The server did not answer.');

describe('a message sent', () => {
  it('is shown at once and leaves when the time to undo is over', async () => {
    const { message, undoUntil } = await send('Hello');
    expect(undoUntil - clock.now()).toBe(10_000);
    expect(await delivery(message)).toMatchObject({ state: 'queued' });
    await clock.advance(9_900);
    expect(texts()).toEqual([]);
    await clock.advance(200);
    await inState(message, 'sent');
    expect(texts()).toEqual(['Hello']);
  });

  it('leaves at once when a time gone by is asked for, as a script does', async () => {
    const { message } = await send('Now', { notBefore: clock.now() });
    await inState(message, 'sent');
    expect(texts()).toEqual(['Now']);
  });

  it('comes back as a draft when it is undone in time, and not when it is too late', async () => {
    const { outbox } = await send('Hello');
    const undone = await world.bench.call('outbox.cancel', { outbox });
    expect(undone.cancelled).toBe(true);
    const drafts = await world.bench.call('drafts.list', {});
    expect(drafts).toMatchObject([{ id: undone.draft, subject: 'Hello', text: 'Hello' }]);
    await clock.advance(60_000);
    expect(texts()).toEqual([]);
    const second = await send('Again');
    await clock.advance(10_100);
    await inState(second.message, 'sent');
    expect(await world.bench.call('outbox.cancel', { outbox: second.outbox })).toMatchObject({ cancelled: false });
  });

  it('later waits for its hour, over a restart too', async () => {
    const at = clock.now() + 86_400_000;
    const { message } = await send('Tomorrow', { notBefore: at });
    await world.bench.restart();
    await clock.advance(86_300_000);
    expect(texts()).toEqual([]);
    await inTime(message, 'sent');
    expect(network.arrived[0]?.message.at).toBe(at);
  });

  it('without a connection goes out once there is one', async () => {
    for (let n = 0; n < 3; n++) world.acts.connects.push({ is: 'offline', message: 'No route' });
    world.acts.sessions.at(-1)?.context.state({ is: 'offline', message: 'Gone' });
    const { message } = await send('Patience');
    expect(await delivery(message)).toMatchObject({ state: 'queued' });
    await inTime(message, 'sent', 1000);
    expect(texts()).toEqual(['Patience']);
  });

  it('that was refused is failed with the server’s words, and goes again when asked', async () => {
    network.faults.push({ when: 'before', error: new ChannelError('rejected', 'refused', '550 No such user here') });
    const { message, outbox } = await send('Hello');
    const failed = await inTime(message, 'failed');
    expect(failed.error).toBe('550 No such user here');
    await world.bench.call('outbox.retry', { outbox });
    await inState(message, 'sent');
    expect(texts()).toEqual(['Hello']);
  });

  it('that surely did not go out is tried again, later each time, and not before the server wants it', async () => {
    network.faults.push(
      { when: 'before', error: new ChannelError('busy', 'not-done', '421 Try later', { retryAfterMs: 600_000 }) },
      { when: 'before', error: new ChannelError('busy', 'not-done', '421 Try later') },
    );
    const { message } = await send('Hello');
    await clock.advance(10_100);
    const waiting = await eventually(async () => {
      const now = await delivery(message);
      return now?.retryAt ? now : undefined;
    });
    expect((waiting.retryAt ?? 0) - clock.now()).toBeGreaterThan(590_000);
    await inTime(message, 'sent');
    expect(texts()).toEqual(['Hello']);
  });

  it('whose fate is unknown is looked for, found, and not sent again', async () => {
    network.faults.push({ when: 'after', error: unknownError });
    const { message } = await send('Once');
    await inTime(message, 'sent');
    expect(texts()).toEqual(['Once']);
  });

  it('whose fate is unknown and that did not arrive is sent again under the same transaction', async () => {
    network.faults.push({ when: 'before', error: unknownError });
    const { message } = await send('Once');
    await inTime(message, 'sent');
    expect(texts()).toEqual(['Once']);
  });

  it('whose fate cannot be told stays unknown, until the person settles it', async () => {
    network.canReconcile = 'undecided';
    network.faults.push({ when: 'after', error: unknownError });
    const { message, outbox } = await send('Maybe');
    // Until it is looked for no more, and then for a day.
    await eventually(async () => {
      await clock.advance(600_000);
      const [row] = await world.bench.call('outbox.list', {});
      return row?.delivery.state === 'unknown' && row.delivery.retryAt === null;
    });
    const { looks } = network;
    await clock.advance(86_400_000);
    expect(network.looks).toBe(looks);
    const error = 'The Sent folder cannot be searched.';
    expect(await delivery(message)).toMatchObject({ state: 'unknown', error, retryAt: null });
    expect(texts()).toEqual(['Maybe']);
    await world.bench.call('outbox.settle', { outbox, as: 'sent' });
    await inState(message, 'sent');
  });

  it('whose fate cannot be told yet is looked for again as soon as its network can tell, and no sooner', async () => {
    network.canReconcile = 'undecided';
    network.againInMs = 17_000;
    network.faults.push({ when: 'after', error: unknownError });
    const { message } = await send('Soon');
    const looked = async (times: number): Promise<void> => {
      await eventually(async () => {
        if (network.looks < times) await clock.advance(1000);
        return network.looks >= times;
      });
    };
    await looked(1);
    const first = clock.now();
    await looked(2);
    // Noticed to the second: by itself it would be after fifteen at most.
    expect(Math.abs(clock.now() - first - 17_000)).toBeLessThanOrEqual(1000);
    network.canReconcile = 'sent';
    await inTime(message, 'sent', 1000);
  });

  it('is looked for again as often as the looking failed', async () => {
    network.canReconcile = 'throws';
    network.faults.push({ when: 'after', error: unknownError });
    const { message } = await send('Once');
    await inTime(message, 'unknown');
    await eventually(async () => {
      await clock.advance(600_000);
      return network.looks >= 10;
    });
    network.canReconcile = 'sent';
    await inTime(message, 'sent');
    expect(texts()).toEqual(['Once']);
  });

  it('by a channel that breaks is looked into, and given up rather than tried for ever', async () => {
    for (let n = 0; n < 20; n++) network.faults.push({ when: 'before', error: new TypeError('secret inside') });
    const { message } = await send('Broken');
    const failed = await inTime(message, 'failed', 120_000);
    expect(failed.error).toBe('The channel failed inside.');
    expect(network.faults.length).toBeGreaterThan(5);
  });

  it('whose echo was lost is looked for by the next session, and not sent again', async () => {
    network.echoes = true;
    const { message } = await send('Echo');
    await inTime(message, 'awaiting-echo');
    await world.bench.restart();
    await inTime(message, 'sent', 10_000);
    expect(texts()).toEqual(['Echo']);
  });

  it('that is on its way when the program ends is known to be of unknown fate before it has ended', async () => {
    network.faults.push({ when: 'hang', heeds: true });
    const { outbox } = await send('Cut off', { notBefore: 0 });
    await eventually(() => network.faults.length === 0);
    await world.bench.hub.stop();
    expect(await world.bench.store.query('outbox.get', { outbox })).toMatchObject({ state: 'unknown', tries: 1 });
  });

  it('that hangs is let go of when the session ends, and looked for by the next', async () => {
    network.faults.push({ when: 'hang', heeds: false });
    const { message } = await send('Stuck');
    await clock.advance(10_100);
    await eventually(() => network.faults.length === 0);
    await world.bench.call('accounts.sync', { account });
    await inTime(message, 'sent', 5_000);
    expect(texts()).toEqual(['Stuck']);
  });
});

describe('several messages', () => {
  it('of one conversation leave in the order they were written, even when the first has to wait', async () => {
    await world.acts.sessions.at(-1)?.context.emit({ events: [letter('a', { at: clock.now() })], origin: 'live' });
    const [row] = (await world.bench.call('inbox.page', {})).rows;
    network.faults.push({
      when: 'before',
      error: new ChannelError('busy', 'not-done', 'Later', { retryAfterMs: 300_000 }),
    });
    const conversation = row?.id ?? null;
    await send('first', { conversation });
    await send('second', { conversation });
    const third = await send('third', { conversation });
    const elsewhere = await send('elsewhere');
    await inTime(elsewhere.message, 'sent', 1000);
    expect(texts()).toEqual(['elsewhere']);
    await inTime(third.message, 'sent');
    expect(texts()).toEqual(['elsewhere', 'first', 'second', 'third']);
  });
});

describe('a conversation that becomes part of another while it is answered', () => {
  it('keeps the order of what leaves it, and is put away as asked', async () => {
    const emit = async (...events: ChannelEvent[]): Promise<void> => {
      await world.acts.sessions.at(-1)?.context.emit({ events, origin: 'live' });
    };
    const answered = letter('a', { at: 1000, thread: 'one' });
    const larger = ['b', 'c', 'd'].map((id, n) => letter(id, { at: 2000 + n, thread: 'two@example.org' }));
    await emit(answered, ...larger);
    const { rows } = await world.bench.call('inbox.page', {});
    const conversation = rows.find(({ messages }) => messages === 1)?.id ?? null;
    const gate = Promise.withResolvers<void>();
    network.onArrival = () => gate.promise;
    await send('first', { conversation, notBefore: 0, archive: true });
    const second = await send('second', { conversation, notBefore: 0 });
    await eventually(() => network.arrived.length === 1);
    await emit(letter('two', { at: 3000, thread: 'one' }));
    gate.resolve();
    await inState(second.message, 'sent');
    expect(texts()).toEqual(['first', 'second']);
    expect((await world.bench.call('inbox.page', { view: 'inbox' })).rows).toEqual([]);
    expect((await world.bench.call('inbox.page', {})).rows).toMatchObject([{ messages: 7 }]);
    expect(world.bench.logged.filter((line) => /stumbled|could not be/.test(line))).toEqual([]);
  });
});

describe('an account that is removed', () => {
  it('tells what has not left and what may have, and nothing of it goes on', async () => {
    const gate = Promise.withResolvers<void>();
    network.onArrival = () => gate.promise;
    await send('Perhaps', { notBefore: 0 });
    await send('Tomorrow', { notBefore: clock.now() + 86_400_000 });
    await eventually(() => network.arrived.length === 1);
    let removed: Output<'accounts.remove'> | undefined;
    void world.bench.call('accounts.remove', { account }).then((answer) => {
      removed = answer;
    });
    await eventually(async () => {
      if (!removed) await clock.advance(1000);
      return removed;
    });
    expect(removed?.unsent).toEqual([
      { title: 'Perhaps', state: 'unknown' },
      { title: 'Tomorrow', state: 'unsent' },
    ]);
    gate.resolve();
    await world.bench.login();
    await clock.advance(90_000_000);
    expect(await world.bench.call('outbox.list', {})).toEqual([]);
    expect(texts()).toEqual(['Perhaps']);
    expect(world.bench.logged.filter((line) => /stumbled|could not be stored/.test(line))).toEqual([]);
  });

  it('stays, connected, where the disk does not take its removal', async () => {
    const { store } = world.bench;
    const command = store.command.bind(store);
    store.command = (name, input, committed) =>
      name === 'account.remove'
        ? Promise.reject(new StoreError('full', 'The disk is full.'))
        : command(name, input, committed);
    await expect(world.bench.call('accounts.remove', { account })).rejects.toThrow('full');
    store.command = command;
    await eventually(async () => (await world.bench.call('accounts.list', {}))[0]?.state.is === 'online');
    const { message } = await send('Still here', { notBefore: 0 });
    await inState(message, 'sent');
    expect(await world.bench.call('accounts.remove', { account })).toEqual({ unsent: [] });
  });
});

describe('what moves many bytes', () => {
  const file = (bytes: number) => ({
    kind: 'document' as const,
    media: { ref: asBlobRef('upload:large'), mime: 'video/mp4', name: 'large.mp4', bytes },
  });

  it('holds up neither a message nor a change of state, only what is as large', async () => {
    const context = world.acts.sessions.at(-1)?.context;
    await context?.emit({ events: [letter('a', { at: 1000 })], origin: 'live' });
    const [row] = (await world.bench.call('inbox.page', {})).rows;
    if (!row) throw new Error('nothing in the inbox');
    network.faults.push({ when: 'hang', heeds: true });
    const large = await send('Large', { parts: [file(800_000)], notBefore: 0 });
    await inState(large.message, 'sending');
    const second = await send('As large', { parts: [file(800_000)], notBefore: 0 });
    const small = await send('Small', { notBefore: 0 });
    await world.bench.call('act.flag', { conversations: [row.id], starred: true });
    await inState(small.message, 'sent');
    await eventually(() => network.done.some((done) => done.startsWith('flag')));
    expect(texts()).toEqual(['Small']);
    expect(await delivery(second.message)).toMatchObject({ state: 'queued' });
  });
});

describe('a crash', () => {
  it.each([
    ['before anything left', false],
    ['after it arrived and before the answer', true],
  ])('%s neither loses nor doubles the message', async (_when, arrives) => {
    let crashed: (() => void) | undefined;
    const crash = new Promise<void>((resolve) => {
      crashed = resolve;
    });
    if (arrives) {
      network.onArrival = async () => {
        network.onArrival = undefined;
        crashed?.();
        await new Promise(() => undefined);
      };
    } else network.faults.push({ when: 'hang', heeds: false });
    const { message } = await send('Survives');
    await clock.advance(10_100);
    if (arrives) await crash;
    else await eventually(() => network.faults.length === 0);
    await world.bench.crash();
    await inTime(message, 'sent', 1000);
    expect(texts()).toEqual(['Survives']);
  });

  it('is not needed to end a try whose end a full disk would not take before its session was over', async () => {
    const { store } = world.bench;
    const command = store.command.bind(store);
    let full = true;
    let refused = 0;
    store.command = (name, input, committed) => {
      if (!full || name !== 'outbox.settle') return command(name, input, committed);
      refused++;
      return Promise.reject(new StoreError('full', 'The disk is full.'));
    };
    const { message } = await send('Ended');
    await clock.advance(10_100);
    await eventually(() => refused > 0);
    const before = refused;
    world.acts.sessions.at(-1)?.context.state({ is: 'offline', message: 'Gone' });
    await eventually(async () => {
      await clock.advance(1000);
      return refused > before + 1;
    });
    full = false;
    await inTime(message, 'sent', 1000);
    expect(texts()).toEqual(['Ended']);
    expect(network.looks).toBe(0);
  });

  it('is not needed to find what was claimed for a try that never began', async () => {
    const { store } = world.bench;
    const command = store.command.bind(store);
    let lost = 0;
    // Stored, and its answer gone with the thread that stored it.
    store.command = async (name, input, committed) => {
      const output = await command(name, input, committed);
      if (name !== 'outbox.claim' || !('row' in output) || output.row === null || lost >= 2) return output;
      lost += 1;
      throw new StoreError('io', 'The store stopped working and was started anew.');
    };
    const never = await send('Never tried');
    await inTime(never.message, 'sent', 1000);
    expect(network.looks).toBe(0);
    network.faults.push({ when: 'after', error: unknownError });
    const perhaps = await send('Perhaps there');
    await inTime(perhaps.message, 'unknown', 1000);
    lost = 1;
    await inTime(perhaps.message, 'sent', 1000);
    expect(lost).toBe(2);
    expect(network.looks).toBe(1);
    expect(texts()).toEqual(['Never tried', 'Perhaps there']);
  });

  it('is not needed to know that what was put into the outbox is there, and there once', async () => {
    const { store } = world.bench;
    const command = store.command.bind(store);
    let lost = 0;
    store.command = async (name, input, committed) => {
      const output = await command(name, input, committed);
      if (name === 'outbox.enqueue' && lost++ === 0) throw new StoreError('io', 'The store stopped working.');
      return output;
    };
    const { message } = await send('Put in');
    expect(lost).toBe(2);
    await inTime(message, 'sent', 1000);
    expect(texts()).toEqual(['Put in']);
  });

  it('is looked into as soon as the disk lets it be, and nothing leaves before', async () => {
    await world.bench.close();
    network = new PretendNetwork();
    let refusals = 0;
    world = await openWorld(clock, network, {
      flawed: (store) => ({
        ...store,
        command: (name, input, committed) => {
          if (name !== 'outbox.recover' || refusals === 0) return store.command(name, input, committed);
          refusals -= 1;
          return Promise.reject(new StoreError('io', 'The disk does not answer.'));
        },
      }),
    });
    account = await world.bench.login();
    network.onArrival = async () => {
      network.onArrival = undefined;
      await new Promise(() => undefined);
    };
    const { message } = await send('Survives', { notBefore: 0 });
    await eventually(() => network.arrived.length === 1);
    refusals = 2;
    await world.bench.crash();
    await inTime(message, 'sent', 1000);
    expect(refusals).toBe(0);
    expect(texts()).toEqual(['Survives']);
  });

  // Eight hubs, one after the other.
  const long = { timeout: 240_000 };
  it.each(['crash', 'restart'] as const)(
    '(%s) again and again while it is looked for is no answer',
    long,
    async (how) => {
      network.canReconcile = 'hangs';
      network.faults.push({ when: 'after', error: unknownError });
      const { message } = await send('Sought');
      const looked = async (): Promise<void> => {
        const before = network.looks;
        await eventually(async () => {
          await clock.advance(5_000);
          return network.looks > before;
        });
      };
      for (let n = 0; n < 7; n++) {
        await looked();
        await world.bench[how]();
      }
      network.canReconcile = 'undecided';
      await looked();
      network.canReconcile = 'sent';
      await inTime(message, 'sent');
      expect(texts()).toEqual(['Sought']);
    },
  );

  it('on a network that drops doubles itself simply sends again', async () => {
    await world.bench.close();
    network = new PretendNetwork();
    network.idempotent = true;
    network.canReconcile = 'throws';
    await start();
    network.onArrival = async () => {
      network.onArrival = undefined;
      await new Promise(() => undefined);
    };
    const { message } = await send('Idempotent');
    await clock.advance(10_100);
    await eventually(() => network.arrived.length === 1);
    await world.bench.crash();
    await inTime(message, 'sent', 1000);
    expect(texts()).toEqual(['Idempotent']);
  });

  it('while it waits to be undone forgets neither the message nor the wait', async () => {
    const { message } = await send('Waiting');
    await world.bench.crash();
    await clock.advance(5_000);
    expect(texts()).toEqual([]);
    await inTime(message, 'sent', 1000);
    expect(texts()).toEqual(['Waiting']);
  });
});
