import type { ChannelEvent, Flags, LabelKey, LabelPatch, Placement } from '../../src-shared/model/index.ts';
import { labelKey } from './ids.ts';
import type { Label } from './wire.ts';

/**
 * Gmail has labels only. Five of them are places one moves mail between; three are marks on a message and become flags;
 * what is under none of the places is archived, which Gmail shows as "All Mail" and keeps no label for.
 */
const places: Readonly<Record<string, { readonly name: string; readonly role: NonNullable<LabelPatch['role']> }>> = {
  INBOX: { name: 'Inbox', role: 'inbox' },
  SENT: { name: 'Sent', role: 'sent' },
  DRAFT: { name: 'Drafts', role: 'drafts' },
  TRASH: { name: 'Trash', role: 'trash' },
  SPAM: { name: 'Spam', role: 'spam' },
};
const categories: Readonly<Record<string, string>> = {
  CATEGORY_PERSONAL: 'Primary',
  CATEGORY_SOCIAL: 'Social',
  CATEGORY_PROMOTIONS: 'Promotions',
  CATEGORY_UPDATES: 'Updates',
  CATEGORY_FORUMS: 'Forums',
};
/** Labels by which Gmail itself orders mail within a place; putting them on or off is left to Gmail. */
const silent = new Set(['UNREAD', 'STARRED', 'IMPORTANT', 'CHAT']);

/** Ours: no label of Gmail's is written in small letters. */
export const archiveKey: LabelKey = labelKey('archive');
/** Labels Gmail puts on by itself and lets nobody change (https://developers.google.com/workspace/gmail/api/guides/labels). */
const fixed = new Set(['SENT', 'DRAFT', 'CHAT']);

export const isFixed = (id: string): boolean => fixed.has(id);
const isPlace = (id: string): boolean => Object.hasOwn(places, id);
const isShown = (id: string): boolean =>
  !silent.has(id) && (isPlace(id) || Object.hasOwn(categories, id) || /^Label_/.test(id));

/** Where a message with these labels lies. */
export function labelKeysOf(labelIds: readonly string[]): readonly LabelKey[] {
  const shown = labelIds.filter(isShown).map(labelKey);
  return labelIds.some(isPlace) ? shown : [...shown, archiveKey];
}
/** The reference is the message's own id: it makes everything under a label countable. */
export const placementsOf = (id: string, labelIds: readonly string[]): Placement[] =>
  labelKeysOf(labelIds).map((label) => ({ label, ref: id }));

/** Every flag, set or not, so that a later state can take one back. */
export const flagsOf = (labelIds: readonly string[]): Flags => ({
  read: !labelIds.includes('UNREAD'),
  starred: labelIds.includes('STARRED'),
  important: labelIds.includes('IMPORTANT'),
  draft: labelIds.includes('DRAFT'),
});
/** What one label's coming or going says of the flags; undefined for a label that is none. */
export function flagOf(labelId: string, on: boolean): Flags | undefined {
  switch (labelId) {
    case 'UNREAD':
      return { read: !on };
    case 'STARRED':
      return { starred: on };
    case 'IMPORTANT':
      return { important: on };
    case 'DRAFT':
      return { draft: on };
    default:
      return undefined;
  }
}
export interface LabelChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}
/** The labels to put on and off for these flags; those Gmail keeps none for are left out. */
export function changeForFlags({ read, starred, important }: Flags): LabelChange {
  const add: string[] = [];
  const remove: string[] = [];
  if (read !== undefined) (read ? remove : add).push('UNREAD');
  if (starred !== undefined) (starred ? add : remove).push('STARRED');
  if (important !== undefined) (important ? add : remove).push('IMPORTANT');
  return { add, remove };
}
/** The labels to put on and off for a move; into the archive means out of every place. */
export function changeForMove(add: readonly LabelKey[], remove: readonly LabelKey[]): LabelChange {
  const away = add.includes(archiveKey) ? ['INBOX', 'TRASH', 'SPAM'] : [];
  const on = add.filter((key) => key !== archiveKey && !fixed.has(key));
  // Gmail itself takes the inbox off what goes to the trash or to spam only in its own window.
  const left = on.some((key) => key === 'TRASH' || key === 'SPAM') ? ['INBOX'] : [];
  const off = new Set([...remove.filter((key) => key !== archiveKey && !fixed.has(key)), ...away, ...left]);
  return { add: on, remove: [...off].filter((key) => !on.some((one) => one === key)) };
}

/** Label events as of `at`; the archive is told with them. */
export function labelEvents(labels: readonly Label[], at: number): readonly ChannelEvent[] {
  const told = (key: LabelKey, patch: LabelPatch): ChannelEvent => ({ type: 'label', key, patch, at });
  return [
    told(archiveKey, { name: 'All Mail', kind: 'folder', role: 'archive', exists: true }),
    ...labels.flatMap(({ id, name, color }) => {
      const place = places[id];
      if (place) return [told(labelKey(id), { ...place, kind: 'folder', exists: true })];
      if (!isShown(id)) return [];
      const colour = color?.backgroundColor;
      return [
        told(labelKey(id), {
          name: (categories[id] ?? name).slice(0, 1024),
          kind: 'label',
          exists: true,
          ...(colour === undefined ? {} : { colour: colour.slice(0, 32) }),
        }),
      ];
    }),
  ];
}

/** These labels are no more; what lay under them does so no longer. */
export const endedEvents = (labelIds: readonly string[], at: number): readonly ChannelEvent[] =>
  labelIds.filter(isShown).map((id) => ({ type: 'label', key: labelKey(id), patch: { exists: false }, at }));
