import type { ConversationRow, MessageView } from '../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../src-shared/model/index.ts';
import type { Workspace } from '../state/workspace.ts';

/**
 * What a command acts on: what a menu was asked for, else the selected rows, the open conversation, the cursor's row. While
 * something is searched for the list is out of sight, and nothing in it is meant.
 */
export function targetsOf({ list, navigation }: Pick<Workspace, 'list' | 'navigation'>): readonly ConversationId[] {
  const { selected, cursor } = list.getState();
  const { pointed, conversation, place } = navigation.getState();
  if (place.is === 'search') return [pointed?.conversation ?? conversation].filter((id) => id !== null);
  if (pointed !== null && !selected.has(pointed.conversation)) return [pointed.conversation];
  if (selected.size > 0) return [...selected];
  if (conversation !== null) return [conversation];
  return cursor === null ? [] : [cursor];
}
export function rowsOf(workspace: Workspace): readonly ConversationRow[] {
  const ids = new Set(targetsOf(workspace));
  const view = workspace.conversation.getState().shown?.view;
  const rows = workspace.list.getState().rows.filter((row) => ids.has(row.id));
  return rows.length === 0 && view && ids.has(view.id) ? [view] : rows;
}
export const hasTarget = (workspace: Workspace): boolean => targetsOf(workspace).length > 0;
export const hasOpen = ({ navigation }: Workspace): boolean => navigation.getState().conversation !== null;

/** The message a menu was asked for, else the one with the focus, if any. */
export function chosenMessage({ navigation }: Workspace): number | undefined {
  const focused = document.activeElement?.closest('article[data-message]')?.getAttribute('data-message');
  return navigation.getState().pointed?.message ?? (focused ? Number(focused) : undefined);
}
/** The message that was chosen, else the newest of the open conversation. */
export function messageOf(workspace: Workspace): MessageView | undefined {
  const messages = workspace.conversation.getState().shown?.messages ?? [];
  const wanted = chosenMessage(workspace);
  return (
    messages.find((message) => message.id === wanted) ??
    messages.findLast((message) => !message.system && !message.removed)
  );
}
