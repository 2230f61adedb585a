import { join } from 'node:path';
import { openStore } from '../../src-main/store/index.ts';
import type { AccountId, ChannelEvent } from '../../src-shared/model/index.ts';
import { openBaseline } from '../baseline.ts';
import { type Bench, benchKey } from '../context.ts';
import { type Figure, timed } from '../measure.ts';
import type { WorldMessage } from '../world/world.ts';

/** Messages of all four accounts in a batch of each: about 900, 500 and twice 300. */
const batchSize = 2000;
/** Batches of each account before the baseline has its turn. */
const round = 10;

/**
 * The world ingested through the store's own door, its four accounts at once as at a first synchronisation: each hands in
 * its next batch when its last one is stored. The same messages go into a plain table with an FTS5 index beside it, 2,000
 * in a transaction: same cipher, same pragmas. What ingest does more (threads, counters, placements, people) is the rest.
 * Making the messages is not counted on either side.
 */
export async function ingest({ file, folder, size, world }: Bench): Promise<readonly Figure[]> {
  const store = await openStore({ file, key: benchKey, now: Date.now });
  const baseline = openBaseline(join(folder, 'baseline.db'));
  try {
    const accounts: AccountId[] = [];
    for (const { channel, mail, description } of world.accounts) {
      const { account } = await store.command('account.save', { channel, description, inboxIsLabel: mail });
      accounts.push(account);
    }
    const put = async (which: number, events: readonly ChannelEvent[]): Promise<void> => {
      const account = accounts[which];
      if (account !== undefined && events.length > 0)
        await store.command('ingest', { account, batch: { events, origin: 'history' } });
    };
    for (const [which, events] of world.opening.entries()) await put(which, events);

    let storeMs = 0;
    let rawMs = 0;
    let done = 0;
    for (const batches of pieces(pieces(world.messages(), batchSize), round)) {
      const byAccount = accounts.map((_, which) => batches.map((batch) => eventsOf(batch, which)));
      const pour = async (own: readonly ChannelEvent[][], which: number): Promise<void> => {
        for (const events of own) await put(which, events);
      };
      storeMs += (await timed(() => Promise.all(byAccount.map(pour)))).ms;
      for (const batch of batches) {
        const messages = batch.map(({ message }) => message);
        rawMs += (await timed(() => baseline.insert(messages))).ms;
        done += batch.length;
      }
      if (done % 100_000 === 0) console.error(`  ${done} messages`);
    }
    const rate = (size / storeMs) * 1000;
    const raw = (size / rawMs) * 1000;
    return [
      { scenario: 'ingest', name: 'normalised messages', value: rate, unit: 'messages/s' },
      { scenario: 'ingest', name: 'raw insert and index', value: raw, unit: 'messages/s' },
      {
        scenario: 'ingest',
        name: 'of the raw rate',
        value: rate / raw,
        unit: 'ratio',
        bar: { at: 'least', value: 0.5 },
      },
    ];
  } finally {
    baseline.close();
    await store.close();
  }
}

const eventsOf = (batch: readonly WorldMessage[], which: number): ChannelEvent[] =>
  batch.filter(({ account }) => account === which).map(({ message }) => ({ type: 'message', message }));

function* pieces<T>(of: Iterable<T>, size: number): Generator<readonly T[]> {
  let piece: T[] = [];
  for (const one of of) {
    piece.push(one);
    if (piece.length < size) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
