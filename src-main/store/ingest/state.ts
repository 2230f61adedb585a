import { authorIs, states } from '../model.ts';
import type { LabelRow } from '../schema.ts';
import { hasFlag } from './flag-registers.ts';

/** All that decides where a message shows and what it counts for. */
export interface Facts {
  readonly authorIs: number;
  readonly removed: boolean;
  /** Taken away here, while the network is being asked to. */
  readonly takenAway: boolean;
  /** In a conversation made by links: mail. */
  readonly linked: boolean;
  /** Flags as shown, packed. */
  readonly shown: number;
  /** Labels it stands under now. */
  readonly labels: readonly LabelRow[];
  /** Ever placed under anything but a keyword. */
  readonly everPlaced: boolean;
  readonly hasFiles: boolean;
  readonly failed: boolean;
  /** At or before the point the person has read up to. */
  readonly readUpTo: boolean;
}

/** The bits of `messages.state` (SPEC, I-12 to I-14). */
export function stateOf(facts: Facts): number {
  const mine = facts.authorIs === authorIs.me ? states.mine : 0;
  const removed = facts.removed ? states.removed : 0;
  const lost = facts.everPlaced && !facts.labels.some((label) => label.kind !== 'keyword');
  if (facts.takenAway || lost || (facts.removed && facts.linked)) return mine | removed;

  const under = (role: string) => facts.labels.some((label) => label.role === role);
  const spam = under('spam');
  const trash = under('trash');
  const draft = hasFlag(facts.shown, 'draft') || under('drafts');
  const plain = !spam && !trash && !draft;
  const fromOther = facts.authorIs === authorIs.user;
  const unread = fromOther && !facts.removed && !trash && !draft && !hasFlag(facts.shown, 'read') && !facts.readUpTo;

  let state = states.shown | mine | removed;
  if (unread) state |= states.unread;
  if (hasFlag(facts.shown, 'starred') && !trash) state |= states.starred;
  if (facts.hasFiles && !facts.removed) state |= states.files;
  if (facts.failed) state |= states.failed;
  if (under('inbox') && plain) state |= states.inbox;
  if (mine && plain) state |= states.sent;
  if (spam) state |= states.spam;
  if (trash) state |= states.trash;
  if (draft && !trash) state |= states.draft;
  if (plain) state |= states.plain;
  if (plain && fromOther) state |= states.received;
  return state;
}
