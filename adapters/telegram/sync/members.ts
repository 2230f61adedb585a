import { ChannelError } from '../../../src-shared/channel.ts';
import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import { conversationKey, type Peer, userKey } from '../ids.ts';
import { childOf, childrenOf, longOf, type Plain } from '../remote/plain.ts';

/** How many members of a supergroup are asked for; more would take a call each two hundred. */
const most = 200;

/** Who is in a group. Where the group will not say (only its administrators may ask), nothing. */
export async function memberEvents(
  account: Account,
  peer: Peer,
  signal: AbortSignal,
): Promise<readonly ChannelEvent[]> {
  const at = account.context.clock.now();
  try {
    const answer = await ask(account, peer, signal);
    if (!answer) return [];
    const members = participants(answer)
      .flatMap((one) => longOf(one, 'userId') ?? longOf(childOf(one, 'peer'), 'userId') ?? [])
      .filter((id) => id !== account.me)
      .map((id) => userKey({ kind: 'user', id }));
    await account.meet(answer);
    return [{ type: 'conversation', key: conversationKey(peer), patch: { members }, at }];
  } catch (cause) {
    if (cause instanceof ChannelError && ['refused', 'not-found', 'busy'].includes(cause.code)) return [];
    throw cause;
  }
}
function ask(account: Account, peer: Peer, signal: AbortSignal): Promise<Plain> | undefined {
  if (peer.kind === 'chat') return account.call('messages.GetFullChat', { chatId: peer.id }, { signal });
  const channel = account.peers.inputChannel(peer);
  if (!channel) return undefined;
  const filter = { _: 'ChannelParticipantsRecent' };
  return account.call('channels.GetParticipants', { channel, filter, offset: 0, limit: most, hash: '0' }, { signal });
}
const participants = (answer: Plain): readonly Plain[] =>
  answer._ === 'messages.ChatFull'
    ? childrenOf(childOf(childOf(answer, 'fullChat'), 'participants'), 'participants')
    : childrenOf(answer, 'participants');
