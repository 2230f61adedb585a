import type { SystemView } from '../../src-shared/ipc/index.ts';
import type { Workspace } from '../state/workspace.ts';
import type { Command } from './command.ts';
import { hasTarget, rowsOf, targetsOf } from './target.ts';

const group = 'triage';
const isIn = ({ navigation }: Workspace, view: SystemView): boolean => {
  const { place } = navigation.getState();
  return place.is === 'view' && place.view === view;
};
/** Puts away and goes on to the row after, or before; an open conversation is followed by that one. */
function archiveAnd(workspace: Workspace, by: 1 | -1): void {
  const { list, navigation, actions } = workspace;
  const ids = new Set(targetsOf(workspace));
  const { rows } = list.getState();
  const [first, last] = [rows.findIndex((row) => ids.has(row.id)), rows.findLastIndex((row) => ids.has(row.id))];
  const wanted = by > 0 ? rows[last + 1] : rows[first - 1];
  const open = navigation.getState().conversation !== null;
  void actions.archive([...ids]);
  if (!wanted || first < 0) return;
  list.getState().moveTo(wanted.id);
  if (open) navigation.getState().open(wanted.id);
}
export const triage: readonly Command[] = [
  {
    id: 'archive',
    title: 'command.archive',
    group,
    keys: ['e'],
    when: hasTarget,
    run: (workspace) => {
      const done = rowsOf(workspace).every((row) => !row.inInbox);
      void workspace.actions.archive(targetsOf(workspace), !done);
    },
  },
  {
    id: 'archive-next',
    title: 'command.archiveNext',
    group,
    keys: [']'],
    when: hasTarget,
    run: (workspace) => archiveAnd(workspace, 1),
  },
  {
    id: 'archive-previous',
    title: 'command.archivePrevious',
    group,
    keys: ['['],
    when: hasTarget,
    run: (workspace) => archiveAnd(workspace, -1),
  },
  {
    id: 'snooze',
    title: 'command.snooze',
    group,
    keys: ['h'],
    when: hasTarget,
    run: ({ navigation }) => navigation.getState().show({ is: 'snooze' }),
  },
  {
    id: 'star',
    title: 'command.star',
    group,
    keys: ['s'],
    when: hasTarget,
    run: (workspace) =>
      void workspace.actions.star(targetsOf(workspace), !rowsOf(workspace).every((row) => row.starred)),
  },
  {
    id: 'read',
    title: 'command.read',
    group,
    keys: ['Shift+i'],
    when: hasTarget,
    run: (workspace) => void workspace.actions.read(targetsOf(workspace), true),
  },
  {
    id: 'unread',
    title: 'command.unread',
    group,
    keys: ['Shift+u'],
    when: hasTarget,
    run: (workspace) => {
      void workspace.actions.read(targetsOf(workspace), false);
      workspace.navigation.getState().close();
    },
  },
  {
    id: 'mute',
    title: 'command.mute',
    group,
    keys: ['m'],
    when: hasTarget,
    run: (workspace) => void workspace.actions.mute(targetsOf(workspace), !rowsOf(workspace).every((row) => row.muted)),
  },
  {
    id: 'pin',
    title: 'command.pin',
    group,
    keys: ['Shift+p'],
    when: hasTarget,
    run: (workspace) => void workspace.actions.pin(targetsOf(workspace), !rowsOf(workspace).every((row) => row.pinned)),
  },
  {
    id: 'trash',
    title: 'command.trash',
    group,
    keys: ['#', 'Delete'],
    when: hasTarget,
    run: (workspace) =>
      void workspace.actions.moveTo(targetsOf(workspace), isIn(workspace, 'trash') ? 'inbox' : 'trash'),
  },
  {
    id: 'spam',
    title: 'command.spam',
    group,
    keys: ['!'],
    when: hasTarget,
    run: (workspace) => void workspace.actions.moveTo(targetsOf(workspace), isIn(workspace, 'spam') ? 'inbox' : 'spam'),
  },
  {
    id: 'to-inbox',
    title: 'action.toInbox',
    group,
    keys: [],
    when: hasTarget,
    run: (workspace) => void workspace.actions.moveTo(targetsOf(workspace), 'inbox'),
  },
  {
    id: 'label',
    title: 'command.label',
    group,
    keys: ['l'],
    when: hasTarget,
    run: ({ navigation }) => navigation.getState().show({ is: 'label' }),
  },
  {
    id: 'move',
    title: 'command.move',
    group,
    keys: ['v'],
    when: hasTarget,
    run: ({ navigation }) => navigation.getState().show({ is: 'move' }),
  },
  {
    id: 'select',
    title: 'command.select',
    group,
    keys: ['x'],
    when: ({ list }) => list.getState().cursor !== null,
    run: ({ list }) => {
      const { cursor, toggle } = list.getState();
      if (cursor !== null) toggle(cursor);
    },
  },
  {
    id: 'select-matching',
    title: 'command.selectMatching',
    group,
    keys: [],
    run: ({ list }) => list.getState().selectMatching(),
  },
  {
    id: 'undo',
    title: 'command.undo',
    group,
    keys: ['z', 'Ctrl+z'],
    run: (workspace) => void workspace.undo.take().catch(workspace.report),
  },
];
