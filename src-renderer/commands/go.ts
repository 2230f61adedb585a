import type { SystemView } from '../../src-shared/ipc/index.ts';
import type { Place } from '../features/navigation/place.ts';
import { focusPane, soon } from '../features/shell/focus.ts';
import type { Key } from '../i18n/index.ts';
import type { Workspace } from '../state/workspace.ts';
import type { Command } from './command.ts';

function go(workspace: Workspace, view: SystemView): void {
  workspace.search.getState().clear();
  workspace.navigation.getState().go({ is: 'view', view, account: null });
  soon(() => focusPane('list'));
}
const view = (name: SystemView, title: Key, keys: string): Command => ({
  id: `go-${name}`,
  title,
  group: 'go',
  keys: [keys],
  run: (workspace) => go(workspace, name),
});
const place = (name: string, title: Key, keys: string, to: Place): Command => ({
  id: `go-${name}`,
  title,
  group: 'go',
  keys: [keys],
  run: (workspace) => {
    workspace.search.getState().clear();
    workspace.navigation.getState().go(to);
    soon(() => focusPane('list'));
  },
});

export const going: readonly Command[] = [
  view('inbox', 'command.goInbox', 'g i'),
  view('unread', 'command.goUnread', 'g u'),
  view('starred', 'command.goStarred', 'g s'),
  view('snoozed', 'command.goSnoozed', 'g z'),
  view('sent', 'command.goSent', 'g t'),
  view('drafts', 'command.goDrafts', 'g d'),
  view('done', 'command.goDone', 'g e'),
  view('all', 'command.goAll', 'g a'),
  place('people', 'command.goPeople', 'g c', { is: 'people', person: null }),
  place('files', 'command.goFiles', 'g f', { is: 'files' }),
  place('notices', 'command.goNotices', 'g n', { is: 'notifications' }),
  {
    id: 'palette',
    title: 'command.palette',
    group: 'window',
    keys: ['Ctrl+k'],
    run: ({ navigation }) => navigation.getState().show({ is: 'palette' }),
  },
  {
    id: 'shortcuts',
    title: 'command.shortcuts',
    group: 'window',
    keys: ['?'],
    run: ({ navigation }) => navigation.getState().show({ is: 'shortcuts' }),
  },
  {
    id: 'settings',
    title: 'command.settings',
    group: 'window',
    keys: ['Ctrl+,'],
    run: ({ navigation }) => navigation.getState().show({ is: 'settings', section: 'accounts' }),
  },
  {
    id: 'add-account',
    title: 'command.addAccount',
    group: 'window',
    keys: [],
    run: ({ navigation }) => navigation.getState().show({ is: 'add-account', mend: null, channel: null }),
  },
  {
    id: 'import',
    title: 'command.import',
    group: 'window',
    keys: [],
    run: ({ navigation }) => navigation.getState().show({ is: 'import' }),
  },
];
