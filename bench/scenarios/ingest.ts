import { join } from 'node:path';
import { openStore } from '../../src-main/store/index.ts';
import type { AccountId, ChannelEvent } from '../../src-shared/model/index.ts';
import { openBaseline } from '../baseline.ts';
import { type Bench, benchKey } from '../context.ts';
import { type Figure, timed } from '../measure.ts';
import type { WorldMessage } from '../world/world.ts';

/** Messages a transaction, as a backfill page has them. */
const batchSize = 500;

/**
 * The world ingested through the store's own door, its four accounts at once as at a first synchronisation, and the same
 * messages into a plain table with an FTS5 index beside it, all four in one transaction: same cipher, same pragmas. What
 * ingest does more (threads, counters, placements, people) is the rest. Making the messages is not counted on either side.
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
    for (const batch of batches(world.messages(), batchSize * accounts.length)) {
      const byAccount = accounts.map((_, which) =>
        batch
          .filter(({ account }) => account === which)
          .map(({ message }): ChannelEvent => ({ type: 'message', message })),
      );
      storeMs += (await timed(() => Promise.all(byAccount.map((events, which) => put(which, events))))).ms;
      rawMs += (await timed(() => baseline.insert(batch.map(({ message }) => message)))).ms;
      done += batch.length;
      if (done % 50_000 === 0) console.error(`  ${done} messages`);
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

function* batches(messages: Iterable<WorldMessage>, size: number): Generator<readonly WorldMessage[]> {
  let batch: WorldMessage[] = [];
  for (const message of messages) {
    batch.push(message);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
