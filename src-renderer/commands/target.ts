import type { ConversationRow } from '../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../src-shared/model/index.ts';
import type { Workspace } from '../state/workspace.ts';

/** What a command acts on: the selected rows, else the open conversation, else the row under the cursor. */
export function targetsOf({ list, navigation }: Workspace): readonly ConversationId[] {
  const { selected, cursor } = list.getState();
  if (selected.size > 0) return [...selected];
  const open = navigation.getState().conversation;
  if (open !== null) return [open];
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
export const inList = ({ navigation }: Workspace): boolean => navigation.getState().overlay === null;
