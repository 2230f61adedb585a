import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import type { Peer } from '../ids.ts';
import type { Plain } from '../remote/plain.ts';
import type { Box } from './box.ts';
import type { CommonState } from './state.ts';

/** What a difference is asked for and told into: the streams of one connection. */
export interface Streams {
  readonly account: Account;
  readonly signal: AbortSignal;
  readonly common: Box;
  readonly channels: Map<string, Box>;
  state: CommonState;
  /** Updates in the model's words; whoever is in the answer has been met. */
  told(updates: readonly Plain[], said: Plain): readonly ChannelEvent[];
  /** Commits events with how far the common stream is. */
  commit(events: readonly ChannelEvent[]): Promise<void>;
  commitChannel(peer: Peer, events: readonly ChannelEvent[]): Promise<void>;
}
