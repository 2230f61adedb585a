import { focusPane, soon } from '../features/shell/focus.ts';
import type { Workspace } from '../state/workspace.ts';
import type { Command } from './command.ts';
import { onceListed } from './ready.ts';

const group = 'triage';
function extend({ list }: Workspace, by: 1 | -1, count: number): void {
  for (let step = 0; step < count; step++) list.getState().extend(by);
  soon(() => focusPane('list'));
}
/** Choosing several rows. */
export const selecting: readonly Command[] = [
  {
    id: 'select-down',
    title: 'command.selectDown',
    group,
    keys: ['Shift+j', 'Shift+ArrowDown'],
    run: onceListed((workspace, count) => extend(workspace, 1, count)),
  },
  {
    id: 'select-up',
    title: 'command.selectUp',
    group,
    keys: ['Shift+k', 'Shift+ArrowUp'],
    run: onceListed((workspace, count) => extend(workspace, -1, count)),
  },
  {
    id: 'select-all',
    title: 'command.selectAll',
    group,
    keys: ['* a'],
    run: onceListed(({ list }) => list.getState().selectAll()),
  },
  {
    id: 'select-none',
    title: 'command.selectNone',
    group,
    keys: ['* n'],
    run: ({ list }) => list.getState().clearSelection(),
  },
  {
    id: 'select-unread',
    title: 'command.selectUnread',
    group,
    keys: ['* u'],
    run: onceListed(({ list }) => list.getState().selectUnread()),
  },
];
