import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { ChannelError } from '../../../src-shared/channel.ts';
import { type AccountId, asMessageKey, type ChannelEvent } from '../../../src-shared/model/index.ts';
import { type BenchClock, eventually } from '../testing/harness.ts';
import { letter } from '../testing/network.ts';
import { mailTo, openWorld, type World } from '../testing/world.ts';

const hour = 3_600_000;
const year = 365 * 24 * hour;
/** Time as it goes by; the clock on the wall is `wrong` by so many ms. */
let time: FakeClock;
let wrong: number;
let world: World;
let account: AccountId;
beforeEach(async () => {
  time = fakeClock();
  wrong = 0;
  const clock: BenchClock = { ...time, now: () => time.now() + wrong };
  world = await openWorld(clock);
  account = await world.bench.login();
});
afterEach(() => world.bench.close());

const now = () => time.now() + wrong;
const send = (text: string, notBefore?: number) =>
  world.bench.call('compose.send', {
    ...mailTo(account, text),
    ...(notBefore === undefined ? {} : { notBefore }),
  });
const sent = () => world.network.arrived.map(({ message }) => message.subject);
/** Until it is so; answers how long it took, ms. */
const goesBy = async (isSo: () => boolean | Promise<boolean>): Promise<number> => {
  const from = time.now();
  await eventually(async () => {
    await time.advance(5000);
    return isSo();
  });
  return time.now() - from;
};
const opened = () => world.acts.sessions.length;

it('put back by a year, pauses stay as long as they were, in their order, and what is meant for a day waits for it', async () => {
  const patience = new ChannelError('busy', 'not-done', 'Later', { retryAfterMs: 150_000 });
  world.network.faults.push({ when: 'before', error: patience });
  const tried = await send('tried', 0);
  await eventually(async () => (await world.bench.store.query('outbox.get', tried))?.error?.code === 'busy');
  await send('in ten seconds');
  const onADay = now() + 2 * hour;
  const { outbox } = await send('on a day', onADay);
  const before = opened();

  wrong -= year;
  // Noticed soon; sessions, and whatever they waited for, begin anew.
  expect(await goesBy(() => opened() > before)).toBeLessThan(60_000);
  await send('later still');
  expect(await goesBy(() => sent().length === 3)).toBeLessThan(300_000);
  expect(sent()).toEqual(['in ten seconds', 'later still', 'tried']);
  expect(await world.bench.store.query('outbox.get', { outbox })).toMatchObject({
    state: 'queued',
    notBefore: onADay,
  });

  // That a session is deaf is noticed by the time that goes by.
  const latest = opened();
  world.acts.keepsAlive = false;
  world.acts.sessions.at(-1)?.context.state({ is: 'offline', message: 'Gone' });
  await goesBy(() => opened() > latest);
  const deaf = opened();
  expect(await goesBy(() => opened() > deaf)).toBeLessThan(600_000);
});

it('put ahead, what is due by it is done within a quarter of a minute', async () => {
  await world.acts.sessions.at(-1)?.context.emit({ events: [letter('a', { at: now() })], origin: 'live' });
  const inbox = async () => (await world.bench.call('inbox.page', { view: 'inbox' })).rows;
  const [row] = await inbox();
  if (!row) throw new Error('nothing arrived');
  await world.bench.call('act.snooze', { conversations: [row.id], until: now() + 8 * hour });
  expect(await inbox()).toEqual([]);
  await send('tomorrow', now() + 8 * hour);
  wrong += 9 * hour;
  const by = await goesBy(async () => sent().length === 1 && (await inbox()).length === 1);
  expect(by).toBeLessThan(300_000);
});

it('put back, what was done while it was ahead gives way to what the network says from then on', async () => {
  const tell = async (...events: ChannelEvent[]): Promise<void> => {
    await world.acts.sessions.at(-1)?.context.emit({ events, origin: 'live' });
  };
  await tell(letter('a', { at: now() }));
  const rows = async () => (await world.bench.call('inbox.page', {})).rows;
  const conversations = (await rows()).map(({ id }) => id);
  const first = opened();
  wrong += year;
  await goesBy(() => opened() > first);
  await world.bench.call('act.flag', { conversations, starred: true });
  await goesBy(() => world.network.done.some((done) => done.startsWith('flag')));
  await goesBy(async () => (await world.bench.call('outbox.list', {})).length === 0);
  const before = opened();
  wrong -= year;
  await goesBy(() => opened() > before);
  expect((await rows())[0]?.starred).toBe(true);
  await tell({ type: 'flags', target: asMessageKey('a@example.org'), flags: { starred: false }, at: now() });
  expect((await rows())[0]?.starred).toBe(false);
});

it('right again at the next start, what was written while it was ahead does not wait for that time to come', async () => {
  wrong += year;
  await send('first');
  wrong -= year;
  await world.bench.restart();
  await send('second');
  await goesBy(() => sent().length === 2);
  expect(sent()).toEqual(['first', 'second']);
});
