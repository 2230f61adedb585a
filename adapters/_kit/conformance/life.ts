import { expect, it } from 'vitest';
import { type Channel, ChannelError } from '../../../src-shared/channel.ts';
import { asBlobRef, asMessageKey } from '../../../src-shared/model/index.ts';
import { staged } from './run.ts';
import type { ConformanceWorld, Running } from './world.ts';

/** After it has ended nothing may come, however long one waits (fake), or for this long (real), ms. */
const silence = { fake: 600_000, real: 1500 } as const;

/** Connecting, staying, leaving. */
export function livesAndLeaves<R extends Running>(channel: Channel, world: ConformanceWorld<R>): void {
  const on = staged(channel, world);
  it(
    'comes online and proves that delivery works',
    on(async (stage) => {
      const { record } = await stage.connect(await stage.login());
      await stage.until(record, () => record.states.at(-1)?.is === 'online');
      await stage.until(record, () => record.proofs > 0);
    }),
  );

  it(
    'does not throw when connecting is called off before it begins',
    on(async (stage) => {
      const { session, record } = stage.open(await stage.login());
      await stage.during(session.connect(AbortSignal.abort()));
      expect(record.states.at(-1)?.is).not.toBe('online');
      await stage.end(session);
    }),
  );

  if (world.live) {
    it(
      'tells what happens on the network without being asked',
      on(async (stage) => {
        const { record } = await stage.connect(await stage.login());
        await world.stir?.(stage.running);
        const live = () =>
          record.batches.some(
            ({ origin, events }) => origin === 'live' && events.some(({ type }) => type === 'message'),
          );
        await stage.until(record, live);
      }),
    );
  }

  it(
    'ends soon and says nothing afterwards',
    on(async (stage) => {
      const { session, record } = await stage.connect(await stage.login());
      await world.stir?.(stage.running);
      await stage.end(session);
      const told = { batches: record.batches.length, states: record.states.length, proofs: record.proofs };
      await stage.pass(silence[world.clock]);
      expect({ batches: record.batches.length, states: record.states.length, proofs: record.proofs }).toEqual(told);
      expect(stage.sleeping).toBe(0);
    }),
  );

  it(
    'may be ended twice',
    on(async (stage) => {
      const { session } = await stage.connect(await stage.login());
      await stage.end(session);
      await stage.end(session);
    }),
  );

  it(
    'says what went wrong in errors the hub can act on',
    on(async (stage) => {
      const { session } = await stage.connect(await stage.login());
      const nowhere = { message: asMessageKey('no such message'), ref: asBlobRef('no such file') };
      const error: unknown = await stage.during(
        session.openBlob(nowhere, new AbortController().signal).then(
          () => undefined,
          (cause: unknown) => cause,
        ),
      );
      expect(error).toBeInstanceOf(ChannelError);
      if (error instanceof ChannelError) {
        expect(['not-done', 'unknown', 'refused']).toContain(error.outcome);
        expect(error.message).not.toBe('');
      }
    }),
  );
}
