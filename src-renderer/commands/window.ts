import { hasShell } from '../features/desktop/shell.ts';
import { focusPane, soon } from '../features/shell/focus.ts';
import type { Workspace } from '../state/workspace.ts';
import type { Command } from './command.ts';
import { targetsOf } from './target.ts';

const group = 'window';
/** The conversation by itself: a window of the system where there is a shell, else a tab of the browser. */
async function openAlone(workspace: Workspace): Promise<void> {
  const [conversation] = targetsOf(workspace);
  if (conversation === undefined) return;
  if (hasShell(workspace)) await workspace.client.call('shell.window', { conversation });
  else window.open(`${location.pathname}?conversation=${conversation}`, '_blank', 'noopener');
}

/** The frame around the panes, and what lies over them. */
export const frame: readonly Command[] = [
  {
    id: 'palette',
    title: 'command.palette',
    group,
    keys: ['Ctrl+k'],
    run: ({ navigation }) => navigation.getState().show({ is: 'palette' }),
  },
  {
    id: 'shortcuts',
    title: 'command.shortcuts',
    group,
    keys: ['?'],
    run: ({ navigation }) => navigation.getState().show({ is: 'shortcuts' }),
  },
  {
    id: 'settings',
    title: 'command.settings',
    group,
    keys: ['Ctrl+,'],
    run: ({ navigation }) => navigation.getState().show({ is: 'settings', section: 'accounts' }),
  },
  {
    id: 'settings-keys',
    title: 'command.changeKeys',
    group,
    keys: [],
    run: ({ navigation }) => navigation.getState().show({ is: 'settings', section: 'keys' }),
  },
  {
    id: 'details',
    title: 'command.details',
    group,
    keys: ['i'],
    when: ({ navigation }) => navigation.getState().conversation !== null,
    run: ({ reader, thread }) => {
      // A thread stands in their place.
      const hidden = thread.getState().of !== null;
      thread.getState().close();
      reader.getState().set({ details: hidden || !reader.getState().details });
    },
  },
  {
    id: 'toggle-rail',
    title: 'command.toggleRail',
    group,
    keys: ['Ctrl+\\'],
    run: ({ session, report, navigation, roomForRail }) => {
      const { settings, change } = session.getState();
      if (!settings) return;
      const { railOpen, toggleRail } = navigation.getState();
      const shown = roomForRail() ? settings.panes.railShown : railOpen;
      if (!roomForRail()) toggleRail(!railOpen);
      else change({ panes: { ...settings.panes, railShown: !shown } }).catch(report);
      soon(() => focusPane(shown ? 'list' : 'rail'));
    },
  },
  {
    id: 'own-window',
    title: 'command.ownWindow',
    group,
    keys: ['Shift+o'],
    when: (workspace) => targetsOf(workspace).length > 0 && !workspace.alone,
    run: (workspace) => void openAlone(workspace).catch(workspace.report),
  },
  {
    id: 'check-mail',
    title: 'command.checkMail',
    group,
    keys: [],
    run: ({ client, report }) => void client.call('accounts.sync', {}).catch(report),
  },
  {
    id: 'add-account',
    title: 'command.addAccount',
    group,
    keys: [],
    run: ({ navigation }) => navigation.getState().show({ is: 'add-account', mend: null, channel: null }),
  },
  {
    id: 'import',
    title: 'command.import',
    group,
    keys: [],
    run: ({ navigation }) => navigation.getState().show({ is: 'import' }),
  },
  {
    id: 'theme',
    title: 'command.theme',
    group,
    keys: [],
    run: ({ session, report }) => {
      const dark = document.documentElement.dataset.theme === 'dark';
      session
        .getState()
        .change({ theme: dark ? 'light' : 'dark' })
        .catch(report);
    },
  },
  {
    id: 'density',
    title: 'command.density',
    group,
    keys: [],
    run: ({ session, report }) => {
      const compact = session.getState().settings?.density === 'compact';
      session
        .getState()
        .change({ density: compact ? 'comfortable' : 'compact' })
        .catch(report);
    },
  },
];
