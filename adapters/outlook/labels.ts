import type { ChannelEvent, Flags, LabelKey, LabelPatch, Placement } from '../../src-shared/model/index.ts';
import { categoryLabel, folderLabel, messageKey, otherLabel } from './ids.ts';
import type { Category, Folder, State } from './wire.ts';

/** Well-known folders (https://learn.microsoft.com/en-us/graph/api/resources/mailfolder) and what each is for. */
export const roles = {
  inbox: 'inbox',
  drafts: 'drafts',
  sentitems: 'sent',
  deleteditems: 'trash',
  junkemail: 'spam',
  archive: 'archive',
} as const satisfies Readonly<Record<string, NonNullable<LabelPatch['role']>>>;
export type FolderRole = (typeof roles)[keyof typeof roles];

/** Where a message lies: one folder, any number of categories. The reference makes what is under a label countable. */
export const labelKeysOf = ({
  parentFolderId,
  categories = [],
  inferenceClassification,
}: State): readonly LabelKey[] => [
  ...new Set([
    folderLabel(parentFolderId),
    ...categories.map(categoryLabel),
    ...(inferenceClassification === 'other' ? [otherLabel] : []),
  ]),
];
export const placementsOf = (state: State): Placement[] =>
  labelKeysOf(state).map((label) => ({ label, ref: state.id }));

/** Categories a message has need not be in the person's list of them: so each is told where it is met. */
export const categoryEvents = ({ categories = [] }: State, at: number): readonly ChannelEvent[] =>
  categories.map((name) => ({
    type: 'label',
    key: categoryLabel(name),
    patch: { name, kind: 'keyword', exists: true },
    at,
  }));

/** Every flag, set or not, so that a later state can take one back. */
export const flagsOf = ({ isRead, isDraft, importance, flag }: State): Flags => ({
  read: isRead ?? false,
  starred: flag?.flagStatus === 'flagged',
  important: importance === 'high',
  draft: isDraft ?? false,
});

/** What has to be told so that what is here becomes `state`, as seen at `at` (Unix ms). */
export function differences(
  state: State,
  placed: readonly { readonly label: LabelKey }[],
  held: Flags,
  at: number,
): readonly ChannelEvent[] {
  const target = messageKey(state.id);
  const wanted = labelKeysOf(state);
  const standing = new Set(placed.map(({ label }) => label));
  const place = (label: LabelKey, on: boolean): ChannelEvent => ({
    type: 'placed',
    target,
    label,
    ref: state.id,
    on,
    at,
  });
  const flags = Object.fromEntries(
    Object.entries(flagsOf(state)).filter(([flag, on]) => (Reflect.get(held, flag) ?? false) !== on),
  );
  const fresh = wanted.filter((label) => !standing.has(label));
  return [
    ...categoryEvents(state, at).filter((event) => event.type === 'label' && fresh.includes(event.key)),
    ...fresh.map((label) => place(label, true)),
    ...[...standing].filter((label) => !wanted.includes(label)).map((label) => place(label, false)),
    ...(Object.keys(flags).length === 0 ? [] : [{ type: 'flags' as const, target, flags, at }]),
  ];
}

/** Exchange's preset colours (https://learn.microsoft.com/en-us/graph/api/resources/outlookcategory), near enough. */
const colours = [
  '#e7a1a2',
  '#f9ba89',
  '#e5c19b',
  '#f7dd8f',
  '#a2d39c',
  '#78d5d5',
  '#c6d2b0',
  '#9db7e8',
  '#b5a1e2',
  '#daaec2',
  '#dad9dc',
  '#6b7994',
  '#bfbfbf',
  '#6f6f6f',
  '#4f4f4f',
  '#c11a25',
  '#e2620d',
  '#c79930',
  '#b9b300',
  '#368f2b',
  '#329b7a',
  '#778b45',
  '#2858a5',
  '#5c3fa3',
  '#93446b',
];

/** Folders by their whole path, and categories, as label events of `at`. */
export function labelEvents(
  folders: readonly Folder[],
  named: ReadonlyMap<string, FolderRole>,
  categories: readonly Category[],
  at: number,
): readonly ChannelEvent[] {
  const byId = new Map(folders.map((folder) => [folder.id, folder] as const));
  const pathOf = (folder: Folder, depth = 0): string => {
    const parent = byId.get(folder.parentFolderId ?? '');
    return parent && depth < 50 ? `${pathOf(parent, depth + 1)}/${folder.displayName}` : folder.displayName;
  };
  const told = (key: LabelKey, patch: LabelPatch): ChannelEvent => ({ type: 'label', key, patch, at });
  return [
    ...folders.map((folder) =>
      told(folderLabel(folder.id), {
        name: pathOf(folder).slice(0, 1024),
        kind: 'folder',
        role: named.get(folder.id) ?? null,
        exists: true,
      }),
    ),
    ...categories.map(({ displayName, color }) => {
      const colour = colours[Number(/^preset(\d+)$/.exec(color ?? '')?.[1] ?? -1)];
      const shown = colour === undefined ? {} : { colour };
      return told(categoryLabel(displayName), { name: displayName, kind: 'keyword', exists: true, ...shown });
    }),
    told(otherLabel, { name: 'Other', kind: 'label', exists: true }),
  ];
}
export const endedEvent = (key: LabelKey, at: number): ChannelEvent => ({
  type: 'label',
  key,
  patch: { exists: false },
  at,
});
