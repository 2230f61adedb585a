import { type Peer, peerIn, peerOf } from '../ids.ts';
import { childOf, childrenOf, intOf, isSet, longOf, type Plain, textOf } from '../remote/plain.ts';

/** Where an update belongs. */
export type Sorted =
  | { readonly stream: 'common' | 'channel'; readonly channel?: Peer; readonly pts: number; readonly count: number }
  /** Has no number: happens when it comes. */
  | { readonly stream: 'none' }
  /** A stream has moved further than can be told. */
  | { readonly stream: 'behind'; readonly channel: Peer };

const ofChannels = new Set([
  'UpdateNewChannelMessage',
  'UpdateEditChannelMessage',
  'UpdateDeleteChannelMessages',
  'UpdateChannelWebPage',
  'UpdatePinnedChannelMessages',
]);
/** core.telegram.org/api/updates, "Event sequences": numbered updates carry `pts` and `pts_count`. */
export function sorted(update: Plain): Sorted {
  const channel = peerOf(childOf(update, 'message'), 'peerId') ?? peerIn(update);
  if (update._ === 'UpdateChannelTooLong' && channel?.kind === 'channel') return { stream: 'behind', channel };
  const pts = intOf(update, 'pts');
  const count = intOf(update, 'ptsCount');
  if (pts === undefined || count === undefined || count < 0) return { stream: 'none' };
  if (!ofChannels.has(update._)) return { stream: 'common', pts, count };
  return channel?.kind === 'channel' ? { stream: 'channel', channel, pts, count } : { stream: 'none' };
}

/** Every form updates come in (core.telegram.org/type/Updates) as one list; undefined for "there is too much to tell". */
export function updatesIn(said: Plain, me: string): readonly Plain[] | undefined {
  switch (said._) {
    case 'Updates':
    case 'UpdatesCombined':
      return childrenOf(said, 'updates');
    case 'UpdateShort': {
      const update = childOf(said, 'update');
      return update ? [update] : [];
    }
    case 'UpdateShortMessage':
    case 'UpdateShortChatMessage':
      return [shortMessage(said, me)];
    case 'UpdatesTooLong':
      return undefined;
    default:
      return [said];
  }
}
const taken = new Set(['_', 'userId', 'chatId', 'fromId', 'pts', 'ptsCount', 'message']);
/** The short forms leave out what follows from the rest (core.telegram.org/constructor/updateShortMessage). */
function shortMessage(said: Plain, me: string): Plain {
  const chat = longOf(said, 'chatId');
  const other = longOf(said, 'userId') ?? '';
  const from = chat === undefined ? (isSet(said, 'out') ? me : other) : (longOf(said, 'fromId') ?? '');
  const { pts, ptsCount } = said;
  const rest = Object.fromEntries(Object.entries(said).filter(([field]) => !taken.has(field)));
  return {
    _: 'UpdateNewMessage',
    pts,
    ptsCount,
    message: {
      ...rest,
      _: 'Message',
      message: textOf(said, 'message') ?? '',
      peerId: chat === undefined ? { _: 'PeerUser', userId: other } : { _: 'PeerChat', chatId: chat },
      fromId: { _: 'PeerUser', userId: from },
    },
  };
}
/** Somebody in it whose name and access hash were never told: what was told shortly has to be asked for in full. */
export function stranger(said: Plain, known: (peer: Peer) => boolean): boolean {
  if (!/^UpdateShort(Chat)?Message$/.test(said._)) return false;
  const ids = [longOf(said, 'userId'), longOf(said, 'fromId')].filter((id) => id !== undefined);
  return ids.some((id) => !known({ kind: 'user', id }));
}
