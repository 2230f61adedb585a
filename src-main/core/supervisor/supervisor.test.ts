import { rename } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { ChannelError } from '../../../src-shared/channel.ts';
import type { AccountView } from '../../../src-shared/ipc/index.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import { type BenchClock, eventually } from '../testing/harness.ts';
import { letter } from '../testing/network.ts';
import { mailTo, openWorld, type World } from '../testing/world.ts';

let fake: FakeClock;
/** How far the machine's clock ran ahead while it slept, ms. */
let slept: number;
let world: World;
let account: AccountId;
beforeEach(async () => {
  fake = fakeClock();
  slept = 0;
  const clock: BenchClock = { ...fake, now: () => fake.now() + slept };
  world = await openWorld(clock);
  world.acts.keepsAlive = false;
  account = await world.bench.login();
});
afterEach(async () => {
  world.acts.neverEnds = false;
  await world.bench.close();
});

const view = async (): Promise<AccountView> => {
  const [first] = await world.bench.call('accounts.list', {});
  if (!first) throw new Error('There is no account');
  return first;
};
const inState = (is: AccountView['state']['is']) =>
  eventually(async () => {
    const now = await view();
    return now.state.is === is && now;
  });
const sessions = () => world.acts.sessions;
const current = () => {
  const session = sessions().at(-1);
  if (!session) throw new Error('There is no session');
  return session;
};
const opened = (count: number) => eventually(() => sessions().length > count);

describe('an account', () => {
  it('tells how it was left while nobody connects it', async () => {
    await inState('online');
    await fake.advance(5000);
    await world.bench.restart({ offline: true });
    expect(await view()).toMatchObject({ state: { is: 'online' }, asOf: fake.now() });
    expect(sessions()).toHaveLength(1);
    world.acts.connects.push({ is: 'needs-login', code: 'auth', message: 'The password is wrong.' });
    await world.bench.restart();
    expect(await inState('needs-login')).not.toHaveProperty('asOf');
    const since = fake.now();
    await fake.advance(60_000);
    await world.bench.restart({ offline: true });
    expect(await view()).toMatchObject({
      state: { is: 'needs-login', message: 'The password is wrong.' },
      asOf: since,
    });
  });

  it('whose session finds the disk full is connected again, for there may be room by then', async () => {
    world.acts.connects.push('finds the disk full');
    current().context.state({ is: 'offline', message: 'Gone' });
    await eventually(async () => (await view()).state.is === 'offline');
    await fake.advance(2000);
    const full = await eventually(async () => {
      const { state } = await view();
      return state.is === 'offline' && state.message === 'The disk is full.' && state.retryAt;
    });
    expect(full).toBeGreaterThan(fake.now());
    await fake.advance(5000);
    await inState('online');
  });

  it('whose folder is taken away takes in nothing and says so, and goes on once it is back', async () => {
    const { folder } = world.bench;
    const emit = (id: string) =>
      current().context.emit({ events: [letter(id, { at: fake.now() })], origin: 'live' as const });
    const here = async () => (await world.bench.call('inbox.page', {})).rows.map(({ title }) => title).sort();
    await emit('a');
    await rename(folder, `${folder}-away`);
    await expect(world.bench.call('compose.send', mailTo(account, 'Hello'))).rejects.toThrow(
      'io: The folder with your messages is not where it was',
    );
    await expect(emit('b')).rejects.toMatchObject({ code: 'io' });
    expect(await here()).toEqual(['Letter a']);
    await rename(`${folder}-away`, folder);
    // What was under way as it went may have cost the store its thread, which is started anew.
    await eventually(() =>
      emit('b').then(
        () => true,
        () => false,
      ),
    );
    await world.bench.call('compose.send', mailTo(account, 'Hello'));
    expect(await here()).toEqual(['Hello', 'Letter a', 'Letter b']);
  });

  it('that goes offline is connected again after pauses that grow', async () => {
    for (let n = 0; n < 5; n++) world.acts.connects.push({ is: 'offline', message: 'No route' });
    current().context.state({ is: 'offline', message: 'Gone' });
    const pauses: number[] = [];
    for (let n = 0; n < 5; n++) {
      const { state } = await eventually(async () => {
        const now = await view();
        return now.state.is === 'offline' && now.state.retryAt !== undefined && now.state.retryAt > fake.now() && now;
      });
      if (state.is !== 'offline' || state.retryAt === undefined) throw new Error('unreachable');
      pauses.push(state.retryAt - fake.now());
      const before = sessions().length;
      await fake.advance(state.retryAt - fake.now());
      await opened(before);
    }
    await Promise.all(pauses.map((pause, n) => expect(pause).toBeGreaterThanOrEqual(500 * 2 ** n)));
    await Promise.all(pauses.map((pause, n) => expect(pause).toBeLessThanOrEqual(1500 * 2 ** n)));
  });

  it('does not come back before the network wants it to', async () => {
    current().context.state({ is: 'offline', message: 'Too many logins', retryAt: fake.now() + 3_600_000 });
    await inState('offline');
    const before = sessions().length;
    await fake.advance(3_599_000);
    expect(sessions()).toHaveLength(before);
    await fake.advance(1_000);
    await opened(before);
  });

  it('that needs a login is left in peace, and says so', async () => {
    current().context.state({ is: 'needs-login', code: 'auth', message: 'The password was changed.' });
    expect((await inState('needs-login')).state).toMatchObject({ message: 'The password was changed.' });
    const before = sessions().length;
    await fake.advance(24 * 3_600_000);
    expect(sessions()).toHaveLength(before);
    await world.bench.call('accounts.sync', { account });
    await inState('online');
  });

  it('whose session proves nothing for too long is restarted', async () => {
    const before = sessions().length;
    const deaf = current();
    const silentSince = fake.now();
    await fake.advance(61_000);
    await opened(before);
    expect(deaf.disconnected).toBe(true);
    expect((await inState('online')).lastProvenAt).toBeGreaterThanOrEqual(silentSince + 60_000);
  });

  it('that keeps no checkpoint fetches its history anew after a deaf session, one that keeps some does not', {
    timeout: 60_000,
  }, async () => {
    for (const keepsPlace of [true, false]) {
      await world.bench.close();
      world = await openWorld(fake);
      world.acts.keepsAlive = false;
      world.acts.keepsPlace = keepsPlace;
      world.network.history = Array.from({ length: 3 }, (_, n) => letter(`old-${n}`, { at: 1000 - n }));
      account = await world.bench.login();
      const waiting = async () => (await world.bench.store.query('backfill.next', { account, now: fake.now() })).task;
      const messages = async () => (await world.bench.call('app.stats', {})).messages;
      await eventually(async () => (await messages()) === 3 && (await waiting()) === null);
      const before = sessions().length;
      // What came while nobody listened.
      world.network.history.unshift(letter('missed', { at: 2000 }));
      await eventually(async () => {
        await fake.advance(30_500);
        return sessions().length > before;
      });
      await inState('online');
      if (keepsPlace) expect([await messages(), await waiting()]).toEqual([3, null]);
      else await eventually(async () => (await messages()) === 4);
    }
  });

  it('whose session keeps proving itself is left alone', async () => {
    const before = sessions().length;
    for (let n = 0; n < 10; n++) {
      await fake.advance(50_000);
      current().context.proven();
    }
    expect(sessions()).toHaveLength(before);
  });

  it('that never connects is not called connected', async () => {
    world.acts.connects.push('silent');
    await world.bench.call('accounts.sync', { account });
    expect((await inState('connecting')).state.is).toBe('connecting');
    const before = sessions().length;
    await fake.advance(61_000);
    await opened(before);
  });

  it('whose session throws is shown as failed, and the others go on', async () => {
    world.acts.connects.push('throws');
    await world.bench.call('accounts.sync', { account });
    expect((await inState('failed')).state).toMatchObject({ code: 'internal' });
    expect(await world.bench.call('app.stats', {})).toMatchObject({ accounts: 1 });
  });

  it('whose session does not end is left behind after two seconds', async () => {
    world.acts.neverEnds = true;
    const before = sessions().length;
    await world.bench.call('accounts.sync', { account });
    await fake.advance(1_999);
    expect(sessions()).toHaveLength(before);
    await fake.advance(1);
    await opened(before);
  });

  it('that is paused has no session, and one again when it is resumed', async () => {
    await world.bench.call('accounts.update', { account, paused: true });
    expect(current().disconnected).toBe(true);
    const before = sessions().length;
    await fake.advance(3_600_000);
    expect(sessions()).toHaveLength(before);
    await world.bench.call('accounts.update', { account, paused: false });
    await inState('online');
  });

  it('is here while its session comes to an end', async () => {
    world.acts.neverEnds = true;
    const pausing = world.bench.call('accounts.update', { account, paused: true });
    await fake.advance(1_999);
    expect(await view()).toMatchObject({ id: account, paused: false });
    await fake.advance(1);
    await pausing;
    expect(await view()).toMatchObject({ id: account, paused: true });
  });

  it('is connected anew after the machine slept', async () => {
    const before = sessions().length;
    slept += 3_600_000;
    current().context.proven();
    await fake.advance(15_000);
    await opened(before);
  });

  it('is tested by connecting once, and says what went wrong', async () => {
    world.acts.connects.push({ is: 'needs-login', code: 'auth', message: 'Wrong password.' });
    const testing = world.bench.call('accounts.test', { account });
    await eventually(async () => {
      await fake.advance(100);
      return (await view()).state.is === 'needs-login';
    });
    await fake.advance(200);
    expect(await testing).toMatchObject([
      { name: 'Connection', ok: false, detail: 'Wrong password.' },
      { name: 'Credentials', ok: false },
      { name: 'Delivery' },
    ]);
  });
});

describe('a session', () => {
  it('that is over changes nothing any more', async () => {
    const old = current();
    const before = sessions().length;
    await world.bench.call('accounts.sync', { account });
    await opened(before);
    await inState('online');
    old.context.state({ is: 'failed', code: 'x', message: 'from the grave' });
    await expect(old.context.emit({ events: [letter('late', { at: 1 })], origin: 'live' })).rejects.toThrow(
      ChannelError,
    );
    expect((await view()).state.is).toBe('online');
    expect(await world.bench.call('app.stats', {})).toMatchObject({ messages: 0 });
  });

  it('that storms is stored in order and in few transactions', async () => {
    const { context } = current();
    const before = world.bench.commits('ingest');
    const storm = Array.from({ length: 2000 }, (_, n) =>
      context.emit({ events: [letter(`s${n}`, { at: 1000 + n, thread: `t${n % 20}` })], origin: 'live' }),
    );
    await Promise.all(storm);
    expect(world.bench.commits('ingest') - before).toBeLessThan(20);
    expect(await world.bench.call('app.stats', {})).toMatchObject({ messages: 2000, conversations: 20 });
  });

  it('that emits something invalid loses only what cannot be read at all', async () => {
    const good = letter('good', { at: 5 });
    const bad: unknown[] = [
      { type: 'message', message: { key: 'bad', links: ['bad'], from: { is: 'me' }, at: -1, parts: 'none' } },
      { type: 'nonsense' },
      null,
    ];
    await current().context.emit(JSON.parse(JSON.stringify({ events: [...bad, good], origin: 'live' })));
    expect(await world.bench.call('app.stats', {})).toMatchObject({ messages: 2 });
    expect(world.bench.logged.filter((line) => line.includes('was not valid'))).toHaveLength(3);
  });

  it('reads back the checkpoint that was committed with its events', async () => {
    const told = () => eventually(async () => (await current().context.checkpoint('setting')) === 'told');
    await told();
    await world.bench.restart();
    await inState('online');
    await told();
    expect(await current().context.checkpoint('never')).toBeUndefined();
  });
});
