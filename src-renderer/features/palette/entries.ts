import type { PersonRef } from '../../../src-shared/ipc/index.ts';
import { titleOf } from '../../commands/command.ts';
import { goTo } from '../../commands/go.ts';
import { gmailKeys } from '../../commands/keymap.ts';
import { commands, keymapFor } from '../../commands/registry.ts';
import { compose } from '../../commands/write.ts';
import type { Key } from '../../i18n/index.ts';
import type { Workspace } from '../../state/workspace.ts';
import { namesOf } from '../list/names.ts';
import type { SettingsSection } from '../navigation/store.ts';
import type { Found } from './finder.ts';

export interface Entry extends Found {
  readonly keys?: string | undefined;
  /** Whose face stands before it. */
  readonly face?: string;
  /** Who has a picture of it. */
  readonly of?: PersonRef | undefined;
  /** It cannot be done now; `detail` says why. */
  readonly off?: boolean;
  readonly run: () => void;
}
/** Conversations among the entries: those of the list, this many. Others are found through their people and by search. */
const mostRows = 300;

const sections: readonly { readonly section: SettingsSection; readonly title: Key }[] = [
  { section: 'general', title: 'settings.general' },
  { section: 'accounts', title: 'settings.accounts' },
  { section: 'looks', title: 'settings.looks' },
  { section: 'keys', title: 'settings.keys' },
  { section: 'notifications', title: 'settings.notifications' },
  { section: 'writing', title: 'settings.writing' },
  { section: 'privacy', title: 'settings.privacy' },
  { section: 'archives', title: 'settings.archives' },
  { section: 'about', title: 'settings.about' },
];

/** Everything the palette knows without asking: what can be done now, and where one can go. */
export function entriesOf(workspace: Workspace): readonly Entry[] {
  const { i18n, session, accounts, list, navigation, search, toasts } = workspace;
  const { t } = i18n;
  const { settings } = session.getState();
  const keymap = keymapFor(settings?.keys ?? gmailKeys);
  return [
    ...commands
      .filter((command) => command.id !== 'palette' && command.where === undefined)
      .flatMap((command): readonly Entry[] => {
        const shown = { id: command.id, text: titleOf(command, t), keys: keymap.keysOf(command.id)[0] };
        if (command.when?.(workspace) ?? true) return [{ ...shown, run: () => command.run(workspace) }];
        const why = command.why?.(workspace) ?? null;
        return why === null
          ? []
          : [{ ...shown, detail: why, off: true, run: () => void toasts.getState().show({ text: why }) }];
      }),
    ...(accounts.getState().accounts ?? []).map(
      ({ id, label }): Entry => ({
        id: `account ${id}`,
        text: label,
        detail: t('palette.account'),
        run: () => goTo(workspace, { is: 'view', view: 'inbox', account: id }),
      }),
    ),
    ...accounts
      .getState()
      .labels.filter((label) => label.role === null)
      .map(
        ({ id, name }): Entry => ({
          id: `label ${id}`,
          text: name,
          detail: t('palette.tag'),
          run: () => goTo(workspace, { is: 'label', label: id }),
        }),
      ),
    ...(settings?.savedSearches ?? []).map(
      ({ id, name, text }): Entry => ({
        id: `search ${id}`,
        text: name,
        detail: t('palette.saved'),
        words: text,
        run: () => search.getState().type(text),
      }),
    ),
    ...sections.map(
      ({ section, title }): Entry => ({
        id: `settings ${section}`,
        text: t(title),
        detail: t('command.settings'),
        run: () => navigation.getState().show({ is: 'settings', section }),
      }),
    ),
    ...list
      .getState()
      .rows.slice(0, mostRows)
      .map(
        (row): Entry => ({
          id: `conversation ${row.id}`,
          text: row.title || namesOf(row, t),
          detail: row.title ? namesOf(row, t) : row.preview,
          face: row.title && row.kind !== 'thread' ? row.title : namesOf(row, t),
          of: row.title && row.kind !== 'thread' ? undefined : row.people[0],
          run: () => navigation.getState().open(row.id),
        }),
      ),
  ];
}

/** People by part of their names and addresses, with whom one then talks. Rejects with the hub's words. */
export async function peopleFor(workspace: Workspace, text: string): Promise<readonly Entry[]> {
  const found = await workspace.client.call('people.find', { text, limit: 6 });
  return found.map((person): Entry => {
    const open = person.conversations[0];
    const address = person.identities.find((one) => one.address?.includes('@'))?.address?.replace(/^mailto:/, '');
    return {
      id: `person ${person.id}`,
      text: person.name || (address ?? ''),
      detail: address,
      face: person.name,
      of: person.identities.find(({ picture }) => picture),
      run: () => (open ? workspace.navigation.getState().open(open.id) : compose(workspace, address)),
    };
  });
}

const mostCounted = 500;
/** Counts that something was chosen, so that it comes sooner next time. */
export async function countUse({ session }: Workspace, id: string): Promise<void> {
  const { settings, change } = session.getState();
  // Conversations and people come and go; what stays is worth counting.
  if (!settings || /^(conversation|person|search-for)\b/.test(id)) return;
  const uses = Object.entries({ ...settings.commandUses, [id]: (settings.commandUses[id] ?? 0) + 1 });
  const kept = uses.sort((a, b) => b[1] - a[1]).slice(0, mostCounted);
  await change({ commandUses: Object.fromEntries(kept) });
}
