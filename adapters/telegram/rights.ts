import { type Peer, peerText } from './ids.ts';
import { whyReadOnly } from './map/rights.ts';
import { entityPeer } from './peers.ts';
import { childOf, isSet, type Plain } from './remote/plain.ts';

/** What this account may do in a group or channel. */
export interface Standing {
  /** Why it may not write there; undefined where it may. */
  readonly readOnly: string | undefined;
  /** It may close and open all topics of a forum, and write in closed ones. */
  readonly managesTopics: boolean;
}
const free: Standing = { readOnly: undefined, managesTopics: false };

/**
 * Who may write where (core.telegram.org/api/rights). A change is told by the group or channel itself, which comes with every
 * answer and update that is about it (core.telegram.org/constructor/updateChannel: "it will always come bundled").
 */
export class Rights {
  readonly #known = new Map<string, { readonly entity: Plain; readonly standing: Standing }>();

  of(peer: Peer): Standing {
    return this.#known.get(peerText(peer))?.standing ?? free;
  }
  /** Takes in a group or channel as an answer has it. Answers whose standing is not what it was. `at`: Unix ms. */
  learn(entity: Plain, at: number): Peer | undefined {
    const peer = entityPeer(entity);
    if (!peer || peer.kind === 'user' || /Empty$/.test(entity._)) return undefined;
    // Of what a "min" one says, this alone may be taken over (core.telegram.org/constructor/channel).
    if (isSet(entity, 'min')) return this.restrict(peer, childOf(entity, 'defaultBannedRights'), at);
    return this.#note(peer, entity, at);
  }
  /** What everybody there may not do (core.telegram.org/constructor/updateChatDefaultBannedRights). */
  restrict(peer: Peer, defaultBannedRights: Plain | undefined, at: number): Peer | undefined {
    const known = this.#known.get(peerText(peer));
    if (!known || !defaultBannedRights) return undefined;
    return this.#note(peer, { ...known.entity, defaultBannedRights }, at);
  }
  /** Telegram refuses everything about it: this account is not in it any more. */
  leave(peer: Peer, at: number): Peer | undefined {
    return this.#note(peer, { _: 'Channel', ...this.#known.get(peerText(peer))?.entity, left: true }, at);
  }
  #note(peer: Peer, entity: Plain, at: number): Peer | undefined {
    const former = this.#known.get(peerText(peer))?.standing;
    const standing: Standing = {
      readOnly: whyReadOnly(entity, at),
      managesTopics: isSet(entity, 'creator') || isSet(childOf(entity, 'adminRights'), 'manageTopics'),
    };
    this.#known.set(peerText(peer), { entity, standing });
    const same = former?.readOnly === standing.readOnly && former?.managesTopics === standing.managesTopics;
    return former && same ? undefined : peer;
  }
}
