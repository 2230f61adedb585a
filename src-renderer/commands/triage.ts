import type { Command } from './command.ts';
import { hasTarget, rowsOf, targetsOf } from './target.ts';

const group = 'triage';
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
      const ids = targetsOf(workspace);
      workspace.navigation.getState().close();
      void workspace.actions.read(ids, false);
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
    run: (workspace) => void workspace.actions.moveTo(targetsOf(workspace), 'trash'),
  },
  {
    id: 'spam',
    title: 'command.spam',
    group,
    keys: ['!'],
    when: hasTarget,
    run: (workspace) => void workspace.actions.moveTo(targetsOf(workspace), 'spam'),
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
    id: 'undo',
    title: 'command.undo',
    group,
    keys: ['z', 'Ctrl+z'],
    run: (workspace) => void workspace.undo.take().catch(workspace.report),
  },
];
