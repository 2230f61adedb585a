import type { AccountId } from '../../../src-shared/model/index.ts';
import { titleOf } from '../../commands/command.ts';
import { goTo } from '../../commands/go.ts';
import { openUnderCursor } from '../../commands/move.ts';
import { commandOf } from '../../commands/registry.ts';
import type { Workspace } from '../../state/workspace.ts';
import type { MenuEntry } from '../../ui/Menu.tsx';
import { noFilter, queryOf } from '../list/filter.ts';
import type { Place } from '../navigation/place.ts';

type Entries = readonly (MenuEntry | null)[];
const forConversations = [
  ['own-window', 'peek'],
  ['archive', 'snooze', 'star', 'pin', 'mute'],
  ['read', 'unread'],
  ['label', 'move', 'reply-otherwise'],
  ['spam', 'trash'],
] as const;

/** What can be done with the conversation a menu was asked for, or with the selection it is part of. */
export function conversationMenu(workspace: Workspace, keys: (id: string) => string | undefined): Entries {
  const { t } = workspace.i18n;
  const open = { label: t('menu.open'), keys: keys('open'), run: () => openUnderCursor(workspace) };
  const groups = forConversations.map((ids) =>
    ids.flatMap((id) => {
      const command = commandOf(id);
      if (!command || !(command.when?.(workspace) ?? true)) return [];
      return [
        {
          label: titleOf(command, t),
          keys: keys(id),
          danger: id === 'trash',
          run: () => command.run(workspace),
        },
      ];
    }),
  );
  return [open, ...groups.flatMap((entries, index) => (index === 0 ? entries : [null, ...entries]))];
}

/** What can be done with a view, an account or a label. */
export function placeMenu(workspace: Workspace, place: Place): Entries {
  const { t } = workspace.i18n;
  const { client, navigation, report } = workspace;
  const account: AccountId | null = place.is === 'view' ? place.account : null;
  const matching = queryOf(place, { ...noFilter, unread: true });
  const readAll = {
    label: t('menu.readAll'),
    run: () => void client.call('triage.start', { matching, action: { is: 'read', on: true } }).catch(report),
  };
  return [
    { label: t('menu.open'), run: () => goTo(workspace, place) },
    readAll,
    ...(account === null
      ? []
      : [
          null,
          { label: t('menu.sync'), run: () => void client.call('accounts.sync', { account }).catch(report) },
          {
            label: t('menu.accounts'),
            run: () => navigation.getState().show({ is: 'settings', section: 'accounts', account }),
          },
        ]),
  ];
}
