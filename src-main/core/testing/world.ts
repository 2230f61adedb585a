import type { Composition } from '../../../src-shared/ipc/index.ts';
import { type AccountId, asUserKey } from '../../../src-shared/model/index.ts';
import { type Behaviour, behaviour, scriptedChannel } from './channel.ts';
import { type Bench, type BenchClock, openBench } from './harness.ts';
import { PretendNetwork } from './network.ts';

export interface World {
  readonly network: PretendNetwork;
  readonly acts: Behaviour;
  readonly bench: Bench;
}

/** A pretend network and a hub that may log in to it. */
export async function openWorld(
  clock: BenchClock,
  network: PretendNetwork = new PretendNetwork(),
  flaws: Pick<Parameters<typeof openBench>[0], 'flawed'> = {},
): Promise<World> {
  const acts = behaviour();
  const bench = await openBench({ clock, channels: () => [scriptedChannel(network, acts)], ...flaws });
  return { network, acts, bench };
}

/** A new mail to Ola. */
export const mailTo = (account: AccountId, text: string, over: Partial<Composition> = {}): Composition => ({
  account,
  conversation: null,
  from: null,
  recipients: [{ role: 'to', key: asUserKey('ola@example.org') }],
  subject: text,
  text,
  format: 'plain',
  parts: [],
  replyTo: null,
  forwards: null,
  ...over,
});
