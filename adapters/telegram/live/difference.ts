import { ChannelError } from '../../../src-shared/channel.ts';
import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { conversationKey, type Peer } from '../ids.ts';
import { isWord } from '../remote/errors.ts';
import { childOf, childrenOf, intOf, isSet, type Plain } from '../remote/plain.ts';
import { Box } from './box.ts';
import { sorted } from './sort.ts';
import { stateIn } from './state.ts';
import type { Streams } from './streams.ts';

/** How many events of a channel are asked for at once (core.telegram.org/method/updates.getChannelDifference). */
const channelLimit = 100;
const mostSlices = 10_000;

/** Waits as long as Telegram asks, then asks again; any other trouble is the caller's. */
async function patiently(streams: Streams, method: string, fields: () => Record<string, unknown>): Promise<Plain> {
  const { account, signal } = streams;
  for (;;) {
    try {
      return await account.call(method, fields(), { signal });
    } catch (cause) {
      if (!(cause instanceof ChannelError) || cause.code !== 'busy') throw cause;
      await account.context.clock.sleep(cause.retryAfterMs ?? 1000, signal);
    }
  }
}

/** Everything missed in the common stream, slice by slice, each committed with how far it reaches. */
export async function commonDifference(streams: Streams): Promise<void> {
  for (let slice = 0; slice < mostSlices; slice++) {
    const { state, common } = streams;
    const answer = await patiently(streams, 'updates.GetDifference', () => ({
      pts: common.pts,
      date: state.date,
      qts: state.qts,
    }));
    switch (answer._) {
      case 'updates.DifferenceEmpty':
        streams.state = {
          ...streams.state,
          date: intOf(answer, 'date') ?? state.date,
          seq: intOf(answer, 'seq') ?? state.seq,
        };
        await finish(streams, []);
        return;
      case 'updates.DifferenceTooLong':
        await tooLong(streams, intOf(answer, 'pts') ?? common.pts);
        return;
      default: {
        const next = stateIn(childOf(answer, 'state') ?? childOf(answer, 'intermediateState'));
        if (!next) throw new ChannelError('protocol', 'not-done', 'Telegram told a difference without an end.');
        await streams.account.meet(answer);
        const { events, channels } = read(streams, answer);
        common.pts = next.pts;
        streams.state = { ...streams.state, ...next };
        const last = answer._ === 'updates.Difference';
        await (last ? finish(streams, events) : streams.commit(events));
        for (const peer of channels) await channelDifference(streams, peer);
        if (last) return;
      }
    }
  }
}
/** What waited for the missing is told with it, or dropped where the difference had it already. */
async function finish(streams: Streams, events: readonly ChannelEvent[]): Promise<void> {
  const waited = streams.common.release().flatMap(({ update, said }) => streams.told([update], said));
  await streams.commit([...events, ...waited]);
}
/** New messages come first, after the random ids they were sent under; channels in it have a stream of their own. */
function read(streams: Streams, answer: Plain): { events: readonly ChannelEvent[]; channels: readonly Peer[] } {
  const others = childrenOf(answer, 'otherUpdates');
  const named = others.filter(({ _: name }) => name === 'UpdateMessageID');
  const rest = others.filter(({ _: name }) => name !== 'UpdateMessageID');
  const news = childrenOf(answer, 'newMessages').map((message) => ({ _: 'UpdateNewMessage', message }));
  const ofChannels = rest.flatMap((update) => {
    const place = sorted(update);
    return place.stream === 'channel' || place.stream === 'behind' ? (place.channel ?? []) : [];
  });
  const unique = [...new Map(ofChannels.map((peer) => [peer.id, peer])).values()];
  const mine = rest.filter((update) => ['common', 'none'].includes(sorted(update).stream));
  return { events: streams.told([...named, ...news, ...mine], answer), channels: unique };
}
/**
 * core.telegram.org/constructor/updates.differenceTooLong: too much to tell. What is numbered over the account is looked at
 * again from its newest message on; nothing here is thrown away meanwhile.
 */
async function tooLong(streams: Streams, pts: number): Promise<void> {
  streams.common.pts = pts;
  const scopes = [...streams.account.introduced].filter((key) => !key.startsWith('n'));
  await finish(
    streams,
    scopes.map((scope) => ({ type: 'gap', scope })),
  );
}

/** Everything missed in one channel. A channel this account is no longer in is told to be closed. */
export async function channelDifference(streams: Streams, peer: Peer): Promise<void> {
  const { account } = streams;
  const channel = account.peers.inputChannel(peer);
  const box = streams.channels.get(peer.id);
  // Of one nobody told of yet there is no knowing what was missed: its first update or the next connection begins it.
  if (!channel || !box) return;
  for (let slice = 0; slice < mostSlices; slice++) {
    let answer: Plain;
    try {
      answer = await patiently(streams, 'updates.GetChannelDifference', () => ({
        channel,
        filter: { _: 'ChannelMessagesFilterEmpty' },
        pts: box.pts,
        limit: channelLimit,
        force: true,
      }));
    } catch (cause) {
      if (!isWord(cause, 'CHANNEL_PRIVATE') && !isWord(cause, 'CHANNEL_INVALID')) throw cause;
      // What is told of it meanwhile is nothing to wait for; should this account come back, it goes on from there.
      streams.channels.set(peer.id, new Box(box.pts));
      const at = account.moment();
      if (account.rights.leave(peer, at))
        await account.context.emit({ events: account.forums.limits(peer, at), origin: 'live' });
      return;
    }
    await account.meet(answer);
    box.pts = Math.max(box.pts, intOf(answer, 'pts') ?? intOf(childOf(answer, 'dialog'), 'pts') ?? 0);
    const last = isSet(answer, 'final') || answer._ === 'updates.ChannelDifferenceEmpty';
    const waited = last ? box.release().flatMap(({ update, said }) => streams.told([update], said)) : [];
    await streams.commitChannel(peer, [...channelEvents(streams, peer, answer), ...waited]);
    if (last) return;
  }
}
function channelEvents(streams: Streams, peer: Peer, answer: Plain): readonly ChannelEvent[] {
  const news = [...childrenOf(answer, 'newMessages'), ...childrenOf(answer, 'messages')].map((message) => ({
    _: 'UpdateNewChannelMessage',
    message,
  }));
  const others = childrenOf(answer, 'otherUpdates');
  const named = others.filter(({ _: name }) => name === 'UpdateMessageID');
  const rest = others.filter(({ _: name }) => name !== 'UpdateMessageID');
  const events = streams.told([...named, ...news, ...rest], answer);
  if (answer._ !== 'updates.ChannelDifferenceTooLong') return events;
  return [...events, { type: 'gap', scope: conversationKey(peer) }];
}
