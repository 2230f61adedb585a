import { expect, it } from 'vitest';
import type { Channel, ImportBatch } from '../../../src-shared/channel.ts';
import { ChannelEvent, type Cursor } from '../../../src-shared/model/index.ts';
import { Memory } from '../testing/index.ts';
import { type Stage, staged } from './run.ts';
import type { ConformanceWorld, Running } from './world.ts';

/** How many of the cursors of a reading are tried, evenly spread. */
const most = 8;

/** Reading an archive on disk: whole, and picked up wherever it was left. */
export function readsArchives<R extends Running>(channel: Channel, world: ConformanceWorld<R>): void {
  const { archive } = world;
  if (!archive || !Object.hasOwn(channel.features, 'import')) return;
  const on = staged(channel, world);
  const read = async (stage: Stage<R>, cursor: Cursor | undefined): Promise<readonly ImportBatch[]> => {
    const { session } = await stage.connect(await stage.login());
    const batches: ImportBatch[] = [];
    const path = archive.call(world, stage.running);
    const reading = session.import?.read({ path, cursor, signal: new AbortController().signal });
    for await (const batch of reading ?? []) batches.push(batch);
    await stage.end(session);
    return batches;
  };
  const remembered = (...runs: readonly (readonly ImportBatch[])[]) => {
    const memory = new Memory();
    for (const { events } of runs.flat()) memory.apply({ events });
    return memory;
  };

  it(
    'reads an archive to its end, in events the model knows',
    on(async (stage) => {
      const batches = await read(stage, undefined);
      expect(remembered(batches).messages.length).toBeGreaterThan(0);
      for (const { events, done, total } of batches) {
        for (const event of events) expect(ChannelEvent.safeParse(event).error).toBeUndefined();
        expect(done).toBeLessThanOrEqual(total);
      }
    }),
  );

  it(
    'ends in the same history from whichever place a reading is resumed',
    on(async (stage) => {
      const whole = await read(stage, undefined);
      const expected = remembered(whole).state();
      const step = Math.max(1, Math.ceil(whole.length / most));
      for (let kept = 1; kept <= whole.length; kept += step) {
        const rest = await read(stage, whole[kept - 1]?.cursor);
        expect(remembered(whole.slice(0, kept), rest).state(), `resumed after batch ${kept}`).toEqual(expected);
      }
    }),
  );
}
