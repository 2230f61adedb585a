import { ConversationId } from '../../src-shared/ids.ts';
import { closeThread } from '../features/conversation/thread/open.ts';
import { keepKeysDuring } from '../features/shell/ahead.ts';
import { currentPane, cyclePane, focusPane, focusSearch, soon } from '../features/shell/focus.ts';
import type { Workspace } from '../state/workspace.ts';
import type { Command } from './command.ts';
import { listReady, onceListed, whenReady } from './ready.ts';
import { hasTarget, targetsOf } from './target.ts';

const searching = ({ search }: Workspace): boolean => search.getState().text.trim() !== '';

/** In a list that is no list of conversations (notifications, people, files) the focus itself moves. */
function stepItem({ navigation, wide }: Workspace, by: number): boolean {
  const items = [...document.querySelectorAll<HTMLElement>('[data-pane="list"] [data-item]')];
  if (items.length === 0) return false;
  const at = items.findIndex((item) => item.matches(':focus'));
  const next = items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  const conversation = Number(next?.dataset.conversation);
  if (conversation > 0 && navigation.getState().conversation !== null && wide())
    navigation.getState().open(ConversationId.parse(conversation));
  return true;
}
/** The next or previous row; with a conversation open beside the list, it is opened as well. */
function step(workspace: Workspace, by: number): void {
  const { list, navigation, search } = workspace;
  if (stepItem(workspace, by)) return;
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
export const openUnderCursor = (workspace: Workspace): void =>
  whenReady(workspace, listReady, () => openHere(workspace));
function openHere(workspace: Workspace): void {
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
    soon(() => focusPane('list') || focusPane('conversation'));
    return;
  }
  if (currentPane() === 'composer') {
    void composer.getState().flush();
    if (writing !== null) navigation.getState().write(null);
    soon(() => focusPane(conversation === null ? 'list' : 'conversation'));
    return;
  }
  if (workspace.thread.getState().of !== null) {
    closeThread(workspace);
    return;
  }
  if (list.getState().selected.size > 0) {
    list.getState().clearSelection();
    return;
  }
  if (conversation !== null && !workspace.alone) {
    navigation.getState().close();
    soon(() => focusPane('list'));
    return;
  }
  if (searching(workspace)) search.getState().clear();
  soon(() => focusPane('list') || focusPane('conversation'));
}

function search({ navigation }: Workspace): void {
  if (focusSearch()) return;
  // On a narrow window the conversation lies over it.
  navigation.getState().close();
  soon(focusSearch);
}
/** To the first or the last row that is here. */
function edge({ list }: Workspace, at: 0 | -1): void {
  list.getState().moveTo(list.getState().rows.at(at)?.id ?? null);
  soon(() => focusPane('list'));
}
/** The next unread one after the cursor, else the newest unread of any channel. */
async function nextUnread({ client, list, navigation }: Workspace): Promise<void> {
  const { rows, cursor } = list.getState();
  const open = navigation.getState().conversation;
  const at = rows.findIndex((row) => row.id === (open ?? cursor));
  const after = rows.slice(at + 1).find((row) => row.unread > 0);
  const { place } = navigation.getState();
  const found =
    after ?? (await client.call('inbox.page', { view: 'unread', limit: 2 })).rows.find(({ id }) => id !== open);
  const now = navigation.getState();
  // Whoever has gone on to something else meanwhile stays there.
  if (!found || now.place !== place || now.conversation !== open) return;
  list.getState().moveTo(found.id);
  navigation.getState().open(found.id);
  soon(() => focusPane('conversation'));
}
function peek(workspace: Workspace): void {
  const [id] = targetsOf(workspace);
  if (id === undefined) return;
  workspace.navigation.getState().open(id, null, { peek: true });
  soon(() => focusPane('conversation'));
}

/** The browser goes there in its own time; keys pressed after this are for where it leads. */
function travel(by: 1 | -1): void {
  if (!(by < 0 ? window.navigation.canGoBack : window.navigation.canGoForward)) return;
  const there = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
  void keepKeysDuring(there);
  history.go(by);
}

export const moving: readonly Command[] = [
  {
    id: 'next',
    title: 'command.next',
    group: 'move',
    keys: ['j', 'ArrowDown'],
    run: onceListed(step),
  },
  {
    id: 'previous',
    title: 'command.previous',
    group: 'move',
    keys: ['k', 'ArrowUp'],
    run: onceListed((workspace, count) => step(workspace, -count)),
  },
  {
    id: 'list-start',
    title: 'command.listStart',
    group: 'move',
    keys: ['Home'],
    run: onceListed((workspace) => edge(workspace, 0)),
  },
  {
    id: 'list-end',
    title: 'command.listEnd',
    group: 'move',
    keys: ['End'],
    run: onceListed((workspace) => edge(workspace, -1)),
  },
  { id: 'open', title: 'command.open', group: 'move', keys: ['o', 'Enter'], run: openUnderCursor },
  { id: 'peek', title: 'command.peek', group: 'move', keys: ['Shift+z'], when: hasTarget, run: peek },
  {
    id: 'next-unread',
    title: 'command.nextUnread',
    group: 'move',
    keys: ['Shift+n'],
    run: (workspace) => void keepKeysDuring(nextUnread(workspace)).catch(workspace.report),
  },
  { id: 'back', title: 'command.back', group: 'move', keys: ['u', 'Escape'], run: back },
  { id: 'search', title: 'command.search', group: 'move', keys: ['/'], run: search },
  { id: 'next-pane', title: 'command.nextPane', group: 'move', keys: ['F6'], run: () => cyclePane(1) },
  { id: 'previous-pane', title: 'command.previousPane', group: 'move', keys: ['Shift+F6'], run: () => cyclePane(-1) },
  {
    id: 'history-back',
    title: 'command.historyBack',
    group: 'move',
    keys: ['Alt+ArrowLeft'],
    run: () => travel(-1),
  },
  {
    id: 'history-forward',
    title: 'command.historyForward',
    group: 'move',
    keys: ['Alt+ArrowRight'],
    run: () => travel(1),
  },
];
