import type { ListResponse } from 'imapflow';
import type { ChannelEvent, LabelKey, LabelRole } from '../../../src-shared/model/index.ts';
import { folderLabel } from '../ids.ts';

/** A folder as the person sees it. */
export interface Folder {
  readonly path: string;
  readonly label: LabelKey;
  readonly name: string;
  readonly role: LabelRole | null;
  readonly kind: 'folder' | 'label';
  readonly delimiter: string;
  /** False for what only repeats other folders: seen in the list, never read. */
  readonly sync: boolean;
}

const roles: Readonly<Record<string, LabelRole>> = {
  '\\Inbox': 'inbox',
  '\\Archive': 'archive',
  '\\Sent': 'sent',
  '\\Drafts': 'drafts',
  '\\Trash': 'trash',
  '\\Junk': 'spam',
  '\\All': 'all',
  '\\Flagged': 'starred',
  '\\Important': 'important',
};

/**
 * What to make of a LIST. Roles come from special use (RFC 6154), else from the folder's name in the languages imapflow
 * knows; of several claiming one role, the server's own word wins, then the one nearest the root.
 *
 * Folders that repeat others are not read: Starred and Important tell nothing that flags do not. A folder of all mail
 * is read only where it alone holds what was archived (Gmail, where it then plays the archive); a bridge that has both
 * would have every message fetched twice.
 */
export function readFolders(list: readonly ListResponse[], gmail: boolean): readonly Folder[] {
  const usable = list.filter((item) => !item.flags.has('\\Noselect') && !item.flags.has('\\NonExistent'));
  const holders = new Map<LabelRole, ListResponse>();
  const weight = (item: ListResponse): number =>
    (item.specialUseSource === 'extension' ? 0 : 1000) + item.parent.length;
  for (const item of usable) {
    const role = item.path.toUpperCase() === 'INBOX' ? 'inbox' : roles[item.specialUse ?? ''];
    if (!role) continue;
    const holder = holders.get(role);
    if (!holder || weight(item) < weight(holder)) holders.set(role, item);
  }
  if (gmail && !holders.has('archive')) {
    const all = holders.get('all');
    if (all) {
      holders.delete('all');
      holders.set('archive', all);
    }
  }
  const roleOf = new Map([...holders].map(([role, item]) => [item.path, role]));
  const folders = usable.map((item): Folder => {
    const role = roleOf.get(item.path) ?? null;
    const label = /^Labels[/.]/.test(item.path) || (gmail && role === null);
    return {
      path: item.path,
      label: folderLabel(item.path),
      name: displayName(item),
      role,
      kind: label ? 'label' : 'folder',
      delimiter: item.delimiter,
      sync: role !== 'starred' && role !== 'important' && (role !== 'all' || !holders.has('archive')),
    };
  });
  const rank = ({ role }: Folder): number => order.indexOf(role) + (order.includes(role) ? 0 : order.length + 1);
  return folders.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}
/** In which order folders are read: what the person looks at first comes first. */
const order: readonly (LabelRole | null)[] = ['inbox', 'sent', 'drafts', null, 'archive', 'all', 'trash', 'spam'];

/** The path without what the server puts before every personal folder, one slash between levels. */
function displayName(item: ListResponse): string {
  if (item.path.toUpperCase() === 'INBOX') return 'Inbox';
  const levels = item.delimiter ? item.path.split(item.delimiter) : [item.path];
  const own =
    levels.length > 1 && /^(inbox|\[(gmail|google mail)\]|folders|labels)$/i.test(levels[0] ?? '')
      ? levels.slice(1)
      : levels;
  return own.join('/').slice(0, 1024) || item.path;
}

const same = (a: Folder, b: Folder): boolean => a.name === b.name && a.role === b.role && a.kind === b.kind;

/** The labels that came, changed or went between two listings. */
export function labelEvents(before: readonly Folder[], now: readonly Folder[], at: number): readonly ChannelEvent[] {
  const old = new Map(before.map((folder) => [folder.path, folder]));
  const events: ChannelEvent[] = [];
  for (const folder of now) {
    const former = old.get(folder.path);
    old.delete(folder.path);
    if (former && same(former, folder)) continue;
    events.push({
      type: 'label',
      key: folder.label,
      patch: { name: folder.name, kind: folder.kind, role: folder.role, exists: true },
      at,
    });
  }
  for (const folder of old.values()) events.push({ type: 'label', key: folder.label, patch: { exists: false }, at });
  return events;
}
