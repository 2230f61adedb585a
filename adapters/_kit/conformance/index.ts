import { describe } from 'vitest';
import type { Channel } from '../../../src-shared/channel.ts';
import { readsArchives } from './archives.ts';
import { keepsHistory } from './history.ts';
import { livesAndLeaves } from './life.ts';
import { carriesOut } from './outgoing.ts';
import { describesItself } from './self.ts';
import type { ConformanceWorld, Running } from './world.ts';

export { type ConformanceWorld, nothing, type Running } from './world.ts';

/**
 * What every channel must do, tried on a network of its own (docs/add-a-channel.md, "Prove it"). Call it in a test file:
 * it declares the tests. What a channel does not declare is tried only for its absence.
 */
export function conformance<R extends Running>(channel: Channel, world: ConformanceWorld<R>): void {
  const name = `the channel ${channel.id}${world.named === undefined ? '' : ` (${world.named})`}`;
  // Channels that own no time wait for a real network, on whatever machine this is.
  describe(name, { timeout: 120_000 }, () => {
    describesItself(channel, world);
    keepsHistory(channel, world);
    livesAndLeaves(channel, world);
    carriesOut(channel, world);
    readsArchives(channel, world);
  });
}
