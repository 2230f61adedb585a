import { exportConversation, print, savePdf } from '../features/desktop/files.ts';
import { hasShell } from '../features/desktop/shell.ts';
import type { Key } from '../i18n/index.ts';
import type { Workspace } from '../state/workspace.ts';
import type { Command } from './command.ts';
import { hasOpen } from './target.ts';

const group = 'window';
const inShell = (workspace: Workspace): boolean => hasShell(workspace) && hasOpen(workspace);
const zoom = (to: 'in' | 'out' | 'reset', title: Key): Command => ({
  id: `zoom-${to}`,
  title,
  group,
  // Ctrl with +, - and 0 belong to the system's menu.
  keys: [],
  when: hasShell,
  run: ({ client, report }) => void client.call('shell.zoom', { to }).catch(report),
});

/** What only the desktop program can do, and printing, which a browser can too. */
export const desktop: readonly Command[] = [
  {
    id: 'print',
    title: 'command.print',
    group,
    keys: ['Ctrl+p'],
    when: hasOpen,
    run: (workspace) => void print(workspace).catch(workspace.report),
  },
  {
    id: 'save-pdf',
    title: 'command.savePdf',
    group,
    keys: [],
    when: inShell,
    run: (workspace) => void savePdf(workspace).catch(workspace.report),
  },
  {
    id: 'export-conversation',
    title: 'command.exportConversation',
    group,
    keys: [],
    when: inShell,
    run: (workspace) => void exportConversation(workspace).catch(workspace.report),
  },
  zoom('in', 'shell.zoomIn'),
  zoom('out', 'shell.zoomOut'),
  zoom('reset', 'shell.zoomReset'),
];
