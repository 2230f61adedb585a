import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../adapters/_kit/testing/index.ts';
import type { Input, TriageView } from '../../../src-shared/ipc/index.ts';
import { eventually } from '../testing/harness.ts';
import { letter, PretendNetwork } from '../testing/network.ts';
import { openWorld, type World } from '../testing/world.ts';

let clock: FakeClock;
let network: PretendNetwork;
let world: World;
beforeEach(async () => {
  clock = fakeClock();
  network = new PretendNetwork();
  world = await openWorld(clock, network);
  await world.bench.login();
});
afterEach(() => world.bench.close());

const arrive = async (count: number, from = 0): Promise<void> =>
  world.acts.sessions.at(-1)?.context.emit({
    events: Array.from({ length: count }, (_, index) =>
      letter(`m${from + index}`, { at: clock.now() - 10_000 + from + index, ref: `1:${from + index}` }),
    ),
    origin: 'history',
  });
const size = async (filter: Input<'inbox.total'>) => (await world.bench.call('inbox.total', filter)).total;
const start = (input: Input<'triage.start'>) => world.bench.call('triage.start', input);
const told = (): TriageView[] =>
  world.bench.heard.filter(({ event }) => event === 'triage').map(({ payload }) => payload as TriageView);
/** Told of at the same time, what is on wins over what is off: an action is at the network before it is taken back. */
const later = () => clock.advance(1000);
const ended = (triage: string, state: TriageView['state']) =>
  eventually(() => told().some((view) => view.triage === triage && view.state === state));

it('is done to all that match, less some, and taken back exactly', async () => {
  await arrive(5);
  const rows = (await world.bench.call('inbox.page', { view: 'inbox' })).rows;
  const spared = rows[1]?.id;
  const read = rows[4]?.id;
  if (spared === undefined || read === undefined) throw new Error('Too few letters');
  await world.bench.call('act.flag', { conversations: [read], read: true });
  const { triage, total, state } = await start({
    matching: { view: 'inbox' },
    except: [spared],
    action: { is: 'read', on: true },
  });
  expect([total, state]).toEqual([4, 'done']);
  expect(await size({ view: 'inbox', unread: true })).toBe(1);
  await later();
  await world.bench.call('triage.undo', { triage });
  expect(await size({ view: 'inbox', unread: true })).toBe(4);
  expect((await world.bench.call('conversation.get', { conversation: read }))?.unread).toBe(0);
});

it('over thousands tells how far it is, leaves out what arrives meanwhile, and comes back as it went', async () => {
  await arrive(700);
  const { triage, total, state, done } = await start({
    matching: { view: 'inbox' },
    action: { is: 'archive', on: true },
  });
  expect({ total, state, done }).toEqual({ total: 700, state: 'running', done: 200 });
  await arrive(1, 700);
  await ended(triage, 'done');
  expect(await size({ view: 'inbox' })).toBe(1);
  expect(told().map((view) => view.done)).toEqual([200, 400, 600, 700]);
  await eventually(() => network.done.filter((line) => line.endsWith('+Archive -INBOX')).length >= 4);
  await world.bench.call('triage.undo', { triage });
  await eventually(async () => (await size({ view: 'inbox' })) === 701);
  await eventually(() => network.done.some((line) => line.endsWith('+INBOX -Archive')));
});

it('stops where it is told to stop', async () => {
  await arrive(700);
  const { triage } = await start({ matching: { view: 'inbox' }, action: { is: 'star', on: true } });
  await world.bench.call('triage.cancel', { triage });
  await ended(triage, 'cancelled');
  const starred = await size({ view: 'starred' });
  expect(starred).toBeGreaterThanOrEqual(200);
  expect(starred).toBeLessThan(700);
  await later();
  await world.bench.call('triage.undo', { triage });
  await eventually(async () => (await size({ view: 'starred' })) === 0);
});

it('is taken back whole even while it runs', async () => {
  await arrive(700);
  const { triage } = await start({ matching: { view: 'inbox' }, action: { is: 'archive', on: true } });
  await world.bench.call('triage.undo', { triage });
  await eventually(async () => (await size({ view: 'inbox' })) === 700);
});

it('remembers until when each was asleep', async () => {
  await arrive(2);
  const [first, second] = (await world.bench.call('inbox.page', { view: 'inbox' })).rows.map((row) => row.id);
  if (first === undefined || second === undefined) throw new Error('Too few letters');
  const hour = 3_600_000;
  await start({ conversations: [first], action: { is: 'snooze', until: clock.now() + hour } });
  const { triage } = await start({
    conversations: [first, second],
    action: { is: 'snooze', until: clock.now() + 5 * hour },
  });
  const until = async (conversation: typeof first) =>
    (await world.bench.call('conversation.get', { conversation }))?.snoozedUntil;
  expect(await until(second)).toBe(clock.now() + 5 * hour);
  const before = clock.now() + hour;
  await world.bench.call('triage.undo', { triage });
  expect([await until(first), await until(second)]).toEqual([before, null]);
});

it('makes a label, puts it on and takes it off again where it was not before', async () => {
  const account = (await world.bench.call('accounts.list', {}))[0]?.id;
  if (account === undefined) throw new Error('No account');
  await arrive(2);
  const { label } = await world.bench.call('labels.create', { account, name: ' Travel ' });
  expect(await world.bench.call('labels.create', { account, name: 'Travel' })).toEqual({ label });
  const { triage } = await start({ matching: { view: 'inbox' }, action: { is: 'label', add: [label], remove: [] } });
  expect(await size({ label })).toBe(2);
  await later();
  await world.bench.call('triage.undo', { triage });
  expect(await size({ label })).toBe(0);
  expect(await size({ view: 'inbox' })).toBe(2);
});

it('that a network cannot do at all is refused in its words, and nothing is changed', async () => {
  await arrive(1);
  await expect(start({ matching: { view: 'inbox' }, action: { is: 'move', role: 'spam' } })).rejects.toThrow(
    'refused: Scripted has no folder for "spam" here.',
  );
  expect(await size({ view: 'inbox' })).toBe(1);
});

it('of long ago is said to be too long ago', async () => {
  await expect(world.bench.call('triage.undo', { triage: 'never' })).rejects.toThrow('not-found');
});
