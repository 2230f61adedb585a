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
  /** Where it is a draft: the network's copy of one that is here. */
  readonly copy: boolean;
}

const lost = ({ everPlaced, labels }: Facts): boolean =>
  everPlaced && !labels.some((label) => label.kind !== 'keyword');
const under = ({ labels }: Facts, role: string): boolean => labels.some((label) => label.role === role);
const gone = (facts: Facts): boolean => facts.takenAway || lost(facts) || (facts.removed && facts.linked);

/** Whether the network has it as a draft. */
export const isDraft = (facts: Facts): boolean =>
  !gone(facts) && !facts.removed && !under(facts, 'trash') && (hasFlag(facts.shown, 'draft') || under(facts, 'drafts'));

/** The bits of `messages.state` (SPEC, I-12 to I-14). */
export function stateOf(facts: Facts): number {
  const mine = facts.authorIs === authorIs.me ? states.mine : 0;
  const removed = facts.removed ? states.removed : 0;
  if (gone(facts) || (facts.copy && isDraft(facts))) return mine | removed;

  const spam = under(facts, 'spam');
  const trash = under(facts, 'trash');
  const draft = hasFlag(facts.shown, 'draft') || under(facts, 'drafts');
  const plain = !spam && !trash && !draft;
  const fromOther = facts.authorIs === authorIs.user;
  const unread = fromOther && !facts.removed && !trash && !draft && !hasFlag(facts.shown, 'read') && !facts.readUpTo;

  let state = states.shown | mine | removed;
  if (unread) state |= states.unread;
  if (hasFlag(facts.shown, 'starred') && !trash) state |= states.starred;
  if (facts.hasFiles && !facts.removed) state |= states.files;
  if (facts.failed) state |= states.failed;
  if (under(facts, 'inbox') && plain) state |= states.inbox;
  if (mine && plain) state |= states.sent;
  if (spam) state |= states.spam;
  if (trash) state |= states.trash;
  if (draft && !trash) state |= states.draft;
  if (plain) state |= states.plain;
  if (plain && fromOther) state |= states.received;
  return state;
}
