import { currentPane, cyclePane, focusPane, focusSearch, soon } from '../features/shell/focus.ts';
import type { Workspace } from '../state/workspace.ts';
import type { Command } from './command.ts';
import { hasOpen } from './target.ts';

const searching = ({ search }: Workspace): boolean => search.getState().text.trim() !== '';

/** The next or previous row; with a conversation open beside the list, it is opened as well. */
function step(workspace: Workspace, by: 1 | -1): void {
  const { list, navigation, search } = workspace;
  if (searching(workspace)) {
    const { hits, cursor, moveTo } = search.getState();
    const next = Math.min(hits.length - 1, Math.max(0, cursor + by));
    moveTo(next);
    soon(() => focusPane('list'));
    return;
  }
  const { rows, cursor, moveTo } = list.getState();
  const at = rows.findIndex((row) => row.id === cursor);
  const row = at < 0 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  if (!row) return;
  moveTo(row.id);
  if (navigation.getState().conversation !== null && workspace.wide()) navigation.getState().open(row.id);
  if (currentPane() !== 'conversation') soon(() => focusPane('list'));
}
export function openUnderCursor(workspace: Workspace): void {
  const { list, navigation, search } = workspace;
  if (searching(workspace)) {
    const { hits, cursor } = search.getState();
    const hit = hits[Math.max(0, cursor)];
    if (hit) navigation.getState().open(hit.conversation, hit.message);
  } else {
    const { rows, cursor } = list.getState();
    const id = cursor ?? rows[0]?.id;
    if (id === undefined) return;
    navigation.getState().open(id);
  }
  soon(() => focusPane('conversation'));
}
function back(workspace: Workspace): void {
  const { navigation, list, search, composer } = workspace;
  const { conversation, writing, railOpen } = navigation.getState();
  if (railOpen) {
    navigation.getState().toggleRail(false);
    return;
  }
  if (currentPane() === 'composer') {
    void composer.getState().flush();
    if (writing !== null) navigation.getState().write(null);
    soon(() => focusPane(conversation === null ? 'list' : 'conversation'));
    return;
  }
  if (list.getState().selected.size > 0) {
    list.getState().clearSelection();
    return;
  }
  if (conversation !== null) {
    navigation.getState().close();
    soon(() => focusPane('list'));
    return;
  }
  if (searching(workspace)) search.getState().clear();
  soon(() => focusPane('list'));
}

export const moving: readonly Command[] = [
  {
    id: 'next',
    title: 'command.next',
    group: 'move',
    keys: ['j', 'ArrowDown'],
    run: (workspace) => step(workspace, 1),
  },
  {
    id: 'previous',
    title: 'command.previous',
    group: 'move',
    keys: ['k', 'ArrowUp'],
    run: (workspace) => step(workspace, -1),
  },
  { id: 'open', title: 'command.open', group: 'move', keys: ['o', 'Enter'], run: openUnderCursor },
  { id: 'back', title: 'command.back', group: 'move', keys: ['u', 'Escape'], run: back },
  { id: 'search', title: 'command.search', group: 'move', keys: ['/'], run: () => focusSearch() },
  { id: 'next-pane', title: 'command.nextPane', group: 'move', keys: ['F6'], run: () => cyclePane(1) },
  { id: 'previous-pane', title: 'command.previousPane', group: 'move', keys: ['Shift+F6'], run: () => cyclePane(-1) },
  {
    id: 'history-back',
    title: 'command.historyBack',
    group: 'move',
    keys: ['Alt+ArrowLeft'],
    when: hasOpen,
    run: () => history.back(),
  },
];
