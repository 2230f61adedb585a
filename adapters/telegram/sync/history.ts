import { z } from 'zod';
import { type BackfillPage, type BackfillQuery, ChannelError } from '../../../src-shared/channel.ts';
import { asCursor, type ChannelEvent } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import { messagePlace, peerOf } from '../ids.ts';
import { messageEvents } from '../map/updates.ts';
import { childrenOf, intOf, type Plain } from '../remote/plain.ts';
import { memberEvents } from './members.ts';

/** How many messages Telegram hands out at once (core.telegram.org/method/messages.getHistory). */
const most = 100;
const Cursor = z.object({ before: z.number().int().positive(), done: z.number().int().nonnegative() });

/** One page of a conversation's history, newest first. */
export async function history(account: Account, query: BackfillQuery): Promise<BackfillPage> {
  const { scope, cursor, limit, signal } = query;
  signal.throwIfAborted();
  const { peer, input } = account.inputOf(scope);
  const left = cursor === undefined ? undefined : Cursor.parse(JSON.parse(cursor));
  const at = account.context.clock.now();
  const answer = await account.call(
    'messages.GetHistory',
    {
      peer: input,
      offsetId: left?.before ?? 0,
      offsetDate: 0,
      addOffset: 0,
      limit: Math.max(1, Math.min(limit, most)),
      maxId: 0,
      minId: 0,
      hash: '0',
    },
    { signal },
  );
  const messages = childrenOf(answer, 'messages');
  await account.meet(answer);
  const members = left ? [] : await memberEvents(account, peer, signal);
  const events = [...pageEvents(account, answer, at), ...members];
  const ids = messages.flatMap((one) => intOf(one, 'id') ?? []);
  const done = (left?.done ?? 0) + messages.length;
  const total = Math.max(done, intOf(answer, 'count') ?? done);
  const oldest = Math.min(...ids);
  const more = ids.length > 0 && oldest > 1 && answer._ !== 'messages.Messages';
  return {
    events,
    done,
    total,
    ...(more ? { next: asCursor(JSON.stringify({ before: oldest, done })) } : {}),
  };
}
/** Messages of an answer. */
export function pageEvents(account: Account, answer: Plain, at: number): readonly ChannelEvent[] {
  return childrenOf(answer, 'messages').flatMap((message) => messageEvents(message, account, at, at));
}

const SearchCursor = z.object({
  rate: z.number().int(),
  id: z.number().int(),
  peer: z.looseObject({ _: z.string() }),
  done: z.number().int(),
});
/** Searches all conversations on the network (core.telegram.org/method/messages.searchGlobal). */
export async function find(
  account: Account,
  text: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<BackfillPage> {
  const left = cursor === undefined ? undefined : SearchCursor.parse(JSON.parse(cursor));
  const at = account.context.clock.now();
  const answer = await account.call(
    'messages.SearchGlobal',
    {
      q: text,
      filter: { _: 'InputMessagesFilterEmpty' },
      minDate: 0,
      maxDate: 0,
      offsetRate: left?.rate ?? 0,
      offsetPeer: left?.peer ?? { _: 'InputPeerEmpty' },
      offsetId: left?.id ?? 0,
      limit: 50,
    },
    { signal },
  );
  await account.meet(answer);
  const events = pageEvents(account, answer, at);
  const messages = childrenOf(answer, 'messages');
  const last = messages.at(-1);
  const peer = peerOf(last, 'peerId');
  const input = peer && account.peers.input(peer);
  const done = (left?.done ?? 0) + messages.length;
  const id = intOf(last, 'id');
  const more = answer._ === 'messages.MessagesSlice' && input && id !== undefined;
  return {
    events,
    done,
    ...(more
      ? { next: asCursor(JSON.stringify({ rate: intOf(answer, 'nextRate') ?? 0, id, peer: input, done })) }
      : {}),
  };
}
/** A message as it now is on the network. Throws when it is not there any more. */
export async function fetchMessage(account: Account, key: string, signal: AbortSignal): Promise<Plain> {
  const place = messagePlace(key);
  const gone = () => new ChannelError('not-found', 'refused', 'This message is no longer on Telegram.');
  if (!place) throw gone();
  const id = [{ _: 'InputMessageID', id: place.id }];
  const channel = place.channel && account.peers.inputChannel(place.channel);
  if (place.channel && !channel) throw gone();
  const answer = channel
    ? await account.call('channels.GetMessages', { channel, id }, { signal })
    : await account.call('messages.GetMessages', { id }, { signal });
  await account.meet(answer);
  const found = childrenOf(answer, 'messages').find((one) => intOf(one, 'id') === place.id && one._ === 'Message');
  if (!found) throw gone();
  return found;
}
