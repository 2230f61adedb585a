import { ChannelError, type MembersPage, type MembersQuery } from '../../../src-shared/channel.ts';
import { asCursor, type ChannelEvent, type UserKey } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import { conversationKey, type Peer, userKey } from '../ids.ts';
import { peopleEvents } from '../map/people.ts';
import { childOf, childrenOf, intOf, longOf, type Plain } from '../remote/plain.ts';

/** How many a page has (core.telegram.org/method/channels.getParticipants). */
const atOnce = 200;

/** Who is in a group: of a supergroup those who were there last, and how many there are. Nothing where it will not say. */
export async function memberEvents(
  account: Account,
  peer: Peer,
  signal: AbortSignal,
): Promise<readonly ChannelEvent[]> {
  const at = account.context.clock.now();
  try {
    const answer =
      peer.kind === 'chat'
        ? await account.call('messages.GetFullChat', { chatId: peer.id }, { signal })
        : await participants(account, peer, '', 0, signal);
    if (!answer) return [];
    const members = namedIn(answer).filter((key) => key !== userKey({ kind: 'user', id: account.me }));
    const memberCount = intOf(answer, 'count');
    await account.meet(answer);
    const patch = { members, ...(memberCount === undefined ? {} : { memberCount }) };
    return [{ type: 'conversation', key: conversationKey(peer), patch, at }];
  } catch (cause) {
    if (cause instanceof ChannelError && ['refused', 'not-found', 'busy'].includes(cause.code)) return [];
    throw cause;
  }
}

/** A stretch of a supergroup's members, by name where one is asked for. */
export async function members(
  account: Account,
  { conversation, text, cursor, signal }: MembersQuery,
): Promise<MembersPage> {
  const { peer } = account.inputOf(conversation);
  const from = /^\d{1,9}$/.test(cursor ?? '') ? Number(cursor) : 0;
  const answer = await participants(account, peer, text, from, signal);
  if (!answer) throw new ChannelError('refused', 'refused', 'All who are in this conversation are shown already.');
  await account.meet(answer);
  const found = namedIn(answer);
  const reached = from + childrenOf(answer, 'participants').length;
  const total = Math.max(reached, intOf(answer, 'count') ?? 0);
  return {
    members: found,
    events: peopleEvents(childrenOf(answer, 'users'), account.context.clock.now()),
    total,
    // An empty page is the end, whatever the count says: of large groups not all are handed out.
    ...(reached > from && reached < total ? { next: asCursor(String(reached)) } : {}),
  };
}
function participants(
  account: Account,
  peer: Peer,
  q: string,
  offset: number,
  signal: AbortSignal,
): Promise<Plain> | undefined {
  const channel = account.peers.inputChannel(peer);
  if (!channel) return undefined;
  const filter = q === '' ? { _: 'ChannelParticipantsRecent' } : { _: 'ChannelParticipantsSearch', q };
  return account.call('channels.GetParticipants', { channel, filter, offset, limit: atOnce, hash: '0' }, { signal });
}
function namedIn(answer: Plain): readonly UserKey[] {
  const all =
    answer._ === 'messages.ChatFull'
      ? childrenOf(childOf(childOf(answer, 'fullChat'), 'participants'), 'participants')
      : childrenOf(answer, 'participants');
  return all.flatMap((one) => {
    const id = longOf(one, 'userId') ?? longOf(childOf(one, 'peer'), 'userId');
    return id === undefined ? [] : [userKey({ kind: 'user', id })];
  });
}
