import { asCursor, type BlobRef, type Cursor } from '../../src-shared/model/index.ts';
import { avatarRef, type Peer, peerFrom, peerText } from './ids.ts';
import { childOf, childrenOf, intOf, isSet, longOf, type Plain, textOf } from './remote/plain.ts';

/**
 * Telegram lets nobody name a user or channel by id alone: an access hash goes with it, which differs from account to
 * account and is told along with messages (core.telegram.org/api/peers). Whoever was ever met is kept here, and by the
 * session in checkpoints, in so many pieces that meeting somebody new writes little.
 */
const buckets = 32;
export const peerScopes: readonly string[] = Array.from({ length: buckets }, (_, bucket) => `peers:${bucket}`);

interface Known {
  readonly hash: string;
  readonly name: string;
  readonly forum: boolean;
  /** The picture last told. */
  readonly avatar: string;
}
export class Peers {
  readonly #known = new Map<string, Known>();
  readonly #changed = new Map<number, Plain[]>();

  /** Takes over what a checkpoint holds; anything else in it is passed over. */
  load(cursor: Cursor | undefined): void {
    for (const line of (cursor ?? '').split('\n')) {
      const [key = '', hash = '', forum = '', name = '', avatar = ''] = line.split('\t');
      if (peerFrom(key)) this.#known.set(key, { hash, name, forum: forum === 'f', avatar });
    }
  }
  /** Learns from the users and chats of an answer. */
  learn(answer: Plain): void {
    for (const one of [...childrenOf(answer, 'users'), ...childrenOf(answer, 'chats')]) {
      const peer = entityPeer(one);
      if (peer) this.#remember(peer, one);
    }
  }
  /**
   * What has to be written again since last asked: one checkpoint each, and who in it is new or not as before. Both are
   * committed together, so that whoever is known here is known to the hub.
   */
  changes(): readonly { scope: string; cursor: Cursor; entities: readonly Plain[] }[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed.map(([bucket, entities]) => {
      const lines = [...this.#known]
        .filter(([key]) => bucketOf(key) === bucket)
        .map(([key, { hash, forum, name, avatar }]) => [key, hash, forum ? 'f' : '', name, avatar].join('\t'));
      return { scope: `peers:${bucket}`, cursor: asCursor(lines.join('\n')), entities };
    });
  }
  nameOf(peer: Peer): string | undefined {
    return this.#known.get(peerText(peer))?.name || undefined;
  }
  isForum(peer: Peer): boolean {
    return this.#known.get(peerText(peer))?.forum === true;
  }
  /** As an InputPeer; undefined for one whose access hash was never told. */
  input(peer: Peer): Plain | undefined {
    if (peer.kind === 'chat') return { _: 'InputPeerChat', chatId: peer.id };
    const hash = this.#known.get(peerText(peer))?.hash;
    if (!hash) return undefined;
    return peer.kind === 'user'
      ? { _: 'InputPeerUser', userId: peer.id, accessHash: hash }
      : { _: 'InputPeerChannel', channelId: peer.id, accessHash: hash };
  }
  inputChannel(peer: Peer): Plain | undefined {
    const input = peer.kind === 'channel' ? this.input(peer) : undefined;
    return input && { ...input, _: 'InputChannel' };
  }
  inputUser(peer: Peer): Plain | undefined {
    const input = peer.kind === 'user' ? this.input(peer) : undefined;
    return input && { ...input, _: 'InputUser' };
  }
  /** Channels met so far. */
  get channels(): readonly Peer[] {
    return [...this.#known.keys()].flatMap((key) => {
      const peer = peerFrom(key);
      return peer?.kind === 'channel' ? [peer] : [];
    });
  }

  #remember(peer: Peer, entity: Plain): void {
    const key = peerText(peer);
    const former = this.#known.get(key);
    // A "min" hash only works where it was told (core.telegram.org/api/min), so it never replaces a real one.
    const told = isSet(entity, 'min') ? undefined : longOf(entity, 'accessHash');
    const next: Known = {
      hash: told ?? former?.hash ?? '',
      name: (nameIn(entity) ?? former?.name ?? '').replace(/[\t\n]/g, ' ').slice(0, 200),
      // One this account was shut out of is told without what it is.
      forum: /Forbidden$/.test(entity._) ? (former?.forum ?? false) : isSet(entity, 'forum'),
      avatar: avatarIn(entity) === undefined ? (former?.avatar ?? '') : (avatarIn(entity) ?? ''),
    };
    if (
      former &&
      former.hash === next.hash &&
      former.name === next.name &&
      former.forum === next.forum &&
      former.avatar === next.avatar
    )
      return;
    this.#known.set(key, next);
    const bucket = bucketOf(key);
    this.#changed.set(bucket, [...(this.#changed.get(bucket) ?? []), entity]);
  }
}
const bucketOf = (key: string): number => Number(BigInt(key.slice(1)) % BigInt(buckets));
/** Who a user, chat or channel object is about. */
export function entityPeer(entity: Plain): Peer | undefined {
  const id = longOf(entity, 'id');
  if (id === undefined) return undefined;
  if (/^User/.test(entity._)) return { kind: 'user', id };
  if (/^Channel/.test(entity._)) return { kind: 'channel', id };
  return /^Chat/.test(entity._) ? { kind: 'chat', id } : undefined;
}
/**
 * The picture of a user, group or channel; null where there is none. Undefined where it is not said: a "min" one may show
 * other people another picture (core.telegram.org/api/min).
 */
export function avatarIn(entity: Plain): BlobRef | null | undefined {
  if (isSet(entity, 'min') && !isSet(entity, 'applyMinPhoto')) return undefined;
  if (/(Empty|Forbidden)$/.test(entity._)) return undefined;
  const photo = childOf(entity, 'photo');
  const id = longOf(photo, 'photoId');
  const dc = intOf(photo, 'dcId');
  return id !== undefined && dc !== undefined && dc > 0 && /^\d+$/.test(id) ? avatarRef(id, dc) : null;
}
export function nameIn(entity: Plain): string | undefined {
  const title = textOf(entity, 'title');
  if (title !== undefined) return title;
  if (isSet(entity, 'deleted')) return 'Deleted account';
  const parts = ['firstName', 'lastName'].flatMap((field) => textOf(entity, field) ?? []).filter((part) => part !== '');
  return parts.length > 0 ? parts.join(' ') : textOf(entity, 'username');
}
