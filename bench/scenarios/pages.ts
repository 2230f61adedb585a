import { openStore, type Store } from '../../src-main/store/index.ts';
import { ListQuery } from '../../src-shared/ipc/index.ts';
import type { AccountId, ChannelEvent, ConversationId } from '../../src-shared/model/index.ts';
import { type Bench, benchKey } from '../context.ts';
import { type Figure, latency, timed } from '../measure.ts';
import { atRest } from '../rest.ts';
import { createRandom, type Random } from '../world/random.ts';
import { createWorld, type World, worldEnd } from '../world/world.ts';

const runs = 300;
/** Pages turned before any is timed: each kind of list once or twice. */
const warm = 40;
const idleBar = 5;
const busyBar = 30;

/** The pages a person turns: lists and conversations, with nothing else going on and under a full-speed import. */
export async function pages({ file }: Bench): Promise<readonly Figure[]> {
  const store = await openStore({ file, key: benchKey, now: () => worldEnd });
  try {
    await atRest(file);
    const turn = await pageTurner(store, createRandom(5));
    // Like the search, of a hub that has been up for a while.
    await turn(warm);
    const idle = await turn(runs);
    const importing = await fullSpeed(store);
    const busy = await turn(runs);
    await importing.stop();
    return [
      ...latency('pages', 'inbox page, idle', idle.lists, idleBar),
      ...latency('pages', 'conversation page, idle', idle.conversations, idleBar),
      ...latency('pages', 'inbox page, while importing', busy.lists, busyBar),
      ...latency('pages', 'conversation page, while importing', busy.conversations, busyBar),
      { scenario: 'pages', name: 'imported meanwhile', value: importing.done(), unit: 'messages' },
    ];
  } finally {
    await store.close();
  }
}

/** Walks down the inbox and every other list, opening one conversation of each page. */
async function pageTurner(store: Store, random: Random) {
  const views = ['inbox', 'inbox', 'all', 'unread', 'sent', 'done', 'starred'] as const;
  const opened: ConversationId[] = [];
  return async (count: number) => {
    const lists: number[] = [];
    const conversations: number[] = [];
    let cursor: string | undefined;
    let view: (typeof views)[number] = 'inbox';
    for (let i = 0; i < count; i += 1) {
      const list = ListQuery.parse({ view, cursor });
      const page = await timed(() => store.query('list.page', list));
      lists.push(page.ms);
      cursor = i % 20 === 19 ? undefined : page.value.next;
      if (cursor === undefined) view = random.pick(views);
      const row = page.value.rows[random.below(page.value.rows.length)];
      if (row) opened.push(row.id);
      const conversation = opened[random.below(opened.length)];
      if (conversation !== undefined)
        conversations.push((await timed(() => store.query('conversation.page', { conversation, limit: 50 }))).ms);
    }
    return { lists, conversations };
  };
}

/** Messages at hand before the pages are turned: more than are stored meanwhile. */
const prepared = 40_000;
const batchSize = 200;

/**
 * Another world poured in behind the pages' back until stopped. It is made beforehand: the hub makes no messages up, and a
 * page must not wait for that.
 */
async function fullSpeed(store: Store) {
  const world = createWorld(1_000_000, 99);
  const [mailbox] = world.accounts;
  if (!mailbox) throw new RangeError('a world without a mailbox');
  const { account } = await store.command('account.save', {
    channel: mailbox.channel,
    description: { ...mailbox.description, key: 'import@example.org' as typeof mailbox.description.key },
    inboxIsLabel: true,
  });
  const batches = batchesOf(world);
  let stopped = false;
  let done = 0;
  const pour = async (): Promise<void> => {
    for (const events of batches) {
      if (stopped) return;
      await store.command('ingest', { account: account satisfies AccountId, batch: { events, origin: 'history' } });
      done += events.length;
    }
    throw new RangeError('there was less to import than time to turn pages');
  };
  const pouring = pour();
  // A failure is met when it is stopped.
  pouring.catch(() => undefined);
  return {
    done: () => done,
    stop: () => {
      stopped = true;
      return pouring;
    },
  };
}

function batchesOf(world: World): ChannelEvent[][] {
  const batches: ChannelEvent[][] = [];
  let events: ChannelEvent[] = [...(world.opening[0] ?? [])];
  for (const { account, message } of world.messages()) {
    if (account !== 0) continue;
    events.push({ type: 'message', message });
    if (events.length < batchSize) continue;
    batches.push(events);
    events = [];
    if (batches.length * batchSize >= prepared) break;
  }
  return batches;
}
