import type { SystemView } from '../../src-shared/ipc/index.ts';
import type { Place } from '../features/navigation/place.ts';
import { focusPane, soon } from '../features/shell/focus.ts';
import type { Key } from '../i18n/index.ts';
import type { Workspace } from '../state/workspace.ts';
import type { Command } from './command.ts';

export function goTo(workspace: Workspace, place: Place): void {
  workspace.search.getState().clear();
  workspace.navigation.getState().go(place);
  soon(() => focusPane('list'));
}
const place = (name: string, title: Key, keys: string, to: Place): Command => ({
  id: `go-${name}`,
  title,
  group: 'go',
  keys: [keys],
  run: (workspace) => goTo(workspace, to),
});
const view = (name: SystemView, title: Key, keys: string): Command =>
  place(name, title, keys, { is: 'view', view: name, account: null });

/** Whether the list is one of conversations, in the order of time. */
const showsConversations = ({ navigation }: Workspace): boolean => {
  const { place } = navigation.getState();
  return place.is === 'label' || (place.is === 'view' && place.view !== 'drafts');
};

export const going: readonly Command[] = [
  view('inbox', 'command.goInbox', 'g i'),
  view('unread', 'command.goUnread', 'g u'),
  view('starred', 'command.goStarred', 'g s'),
  view('snoozed', 'command.goSnoozed', 'g z'),
  view('sent', 'command.goSent', 'g t'),
  view('drafts', 'command.goDrafts', 'g d'),
  view('done', 'command.goDone', 'g e'),
  view('all', 'command.goAll', 'g a'),
  view('spam', 'command.goSpam', 'g j'),
  view('trash', 'command.goTrash', 'g #'),
  place('people', 'command.goPeople', 'g c', { is: 'people', person: null }),
  place('files', 'command.goFiles', 'g f', { is: 'files' }),
  place('notices', 'command.goNotices', 'g n', { is: 'notifications' }),
  {
    id: 'go-day',
    title: 'command.goDay',
    group: 'go',
    keys: ['g w'],
    when: showsConversations,
    run: ({ navigation }) => navigation.getState().show({ is: 'day' }),
  },
];

/** The inbox of each account by its place in the rail. */
export const accountPlaces: readonly Command[] = Array.from({ length: 9 }, (_, index) => ({
  id: `account-${index + 1}`,
  title: 'command.goAccount',
  values: { number: index + 1 },
  group: 'go',
  keys: [`Ctrl+${index + 1}`],
  when: ({ accounts }) => accounts.getState().accounts?.[index] !== undefined,
  run: (workspace) => {
    const account = workspace.accounts.getState().accounts?.[index];
    if (account) goTo(workspace, { is: 'view', view: 'inbox', account: account.id });
  },
}));
