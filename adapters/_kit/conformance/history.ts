import { expect, it } from 'vitest';
import type { Channel } from '../../../src-shared/channel.ts';
import { ChannelEvent, mediaOf } from '../../../src-shared/model/index.ts';
import { Memory } from '../testing/index.ts';
import { historyKeys, staged } from './run.ts';
import type { ConformanceWorld, Running } from './world.ts';

const pageSize = 40;
const otherPageSize = 9;
/** How many of the checkpoints of a run are tried, evenly spread. */
const most = 12;
/** How many files are opened. */
const files = 25;

/** History: whole, repeatable, and picked up wherever it was left. */
export function keepsHistory<R extends Running>(channel: Channel, world: ConformanceWorld<R>): void {
  if (!Object.hasOwn(channel.features, 'backfill')) return;
  const on = staged(channel, world);
  it(
    'tells history to its end, in events the model knows',
    on(async (stage) => {
      const { session, record } = await stage.connect(await stage.login());
      const pages = await stage.backfill(session, record, pageSize);
      expect(record.memory.messages.length).toBeGreaterThan(0);
      for (const { events, done, total } of pages) {
        for (const event of events) expect(ChannelEvent.safeParse(event).error).toBeUndefined();
        if (total !== undefined) expect(done).toBeLessThanOrEqual(total);
      }
    }),
  );

  it(
    'gives every message the same key in every session',
    on(async (stage) => {
      const login = await stage.login();
      const keys = async () => {
        const { session, record } = await stage.connect(login);
        await stage.backfill(session, record, pageSize);
        await stage.end(session);
        return [...historyKeys(record)].toSorted();
      };
      expect(await keys()).toEqual(await keys());
    }),
  );

  it(
    'tells the same history in pages of any size',
    on(async (stage) => {
      const login = await stage.login();
      const keys = async (size: number) => {
        const { session, record } = await stage.connect(login);
        await stage.backfill(session, record, size);
        await stage.end(session);
        return [...historyKeys(record)].toSorted();
      };
      expect(await keys(otherPageSize)).toEqual(await keys(pageSize));
    }),
  );

  it(
    'may tell everything again without changing anything',
    on(async (stage) => {
      const { session, record } = await stage.connect(await stage.login());
      await stage.backfill(session, record, pageSize);
      await stage.end(session);
      const before = record.memory.state();
      for (const batch of [...record.batches].reverse()) record.memory.apply(batch);
      expect(record.memory.state()).toEqual(before);
    }),
  );

  it(
    'ends in the same history from whichever checkpoint it is resumed',
    on(async (stage) => {
      const login = await stage.login();
      const whole = await stage.connect(login);
      await stage.backfill(whole.session, whole.record, pageSize);
      await stage.end(whole.session);
      const { batches } = whole.record;
      const keys = historyKeys(whole.record);
      const expected = whole.record.memory.state(keys);
      const step = Math.max(1, Math.ceil(batches.length / most));
      for (let kept = 0; kept <= batches.length; kept += step) {
        const memory = new Memory();
        for (const batch of batches.slice(0, kept)) memory.apply(batch);
        const resumed = await stage.connect(login, memory);
        await stage.backfill(resumed.session, resumed.record, pageSize);
        await stage.end(resumed.session);
        expect(memory.state(keys), `resumed after ${kept} of ${batches.length} batches`).toEqual(expected);
      }
    }),
  );

  it(
    'goes on when nothing it tells is committed any more, and throws at nobody',
    on(async (stage) => {
      const login = await stage.login();
      const { session, record } = stage.open(login);
      record.crash();
      await stage.during(session.connect(new AbortController().signal));
      await stage.end(session);
      expect(record.memory.messages).toEqual([]);
      const { session: second, record: again } = await stage.connect(login);
      await stage.backfill(second, again, pageSize);
      expect(again.memory.messages.length).toBeGreaterThan(0);
    }),
  );

  it(
    'stops fetching when asked, and goes on from the same place later',
    on(async (stage) => {
      const { session, record } = await stage.connect(await stage.login());
      const [scope] = record.memory.scopes;
      if (!session.backfill || scope === undefined) return;
      const query = { scope, cursor: undefined, limit: pageSize };
      const stop = new AbortController();
      const fetching = session.backfill.fetch({ ...query, signal: stop.signal });
      stop.abort(new DOMException('enough', 'AbortError'));
      await expect(stage.during(fetching)).rejects.toThrow();
      const later = await stage.during(session.backfill.fetch({ ...query, signal: new AbortController().signal }));
      expect(later.events.length).toBeGreaterThan(0);
    }),
  );

  it(
    'hands out the bytes of the files it names',
    on(async (stage) => {
      const { session, record } = await stage.connect(await stage.login());
      await stage.backfill(session, record, pageSize);
      const named = record.memory.messages.flatMap(({ key, parts }) =>
        parts.flatMap(mediaOf).map(({ ref }) => ({ message: key, ref })),
      );
      for (const source of named.slice(0, files)) {
        const stream = await stage.during(session.openBlob(source, new AbortController().signal));
        let bytes = 0;
        for await (const chunk of stream) bytes += chunk.byteLength;
        expect(bytes, source.ref).toBeGreaterThan(0);
      }
    }),
  );
}
