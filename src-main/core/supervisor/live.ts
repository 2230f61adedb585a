import type { Channel, Operations, Session } from '../../../src-shared/channel.ts';
import type { AccountRow } from '../../store/api.ts';

/** A session and whose it is. */
export interface Live {
  readonly account: AccountRow;
  readonly channel: Channel;
  readonly session: Session & Partial<Operations>;
  /** Aborts when this session is over. */
  readonly over: AbortSignal;
}

/** The operation of a feature, or undefined where the channel does not declare it. */
export function operationOf<K extends keyof Operations>(live: Live, name: K): Operations[K] | undefined {
  const operations: Partial<Operations> = live.session;
  return live.channel.features[name] === undefined ? undefined : operations[name];
}
