import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import { messageKey, type Peer } from '../ids.ts';
import { toMessage } from '../map/message.ts';
import { fetchMessage } from './history.ts';

/** The poll with its votes as they are now. A vote is no edit and has no version of its own: the time stands for one. */
export async function pollAgain(
  account: Account,
  peer: Peer,
  id: number,
  signal: AbortSignal,
): Promise<readonly ChannelEvent[]> {
  const found = toMessage(await fetchMessage(account, messageKey(peer, id), signal), account);
  const version = Math.floor(account.context.clock.now() / 1000);
  return found ? [{ type: 'message', message: { ...found, version: Math.max(version, found.version ?? 0) } }] : [];
}
