import type { MessageId } from '../../../src-shared/model/index.ts';
import type { Workspace } from '../../state/workspace.ts';
import { canEdit } from './reader.ts';

/** The newest message of one's own that can still be changed, opened for that. */
export function editLast({ conversation, reader }: Workspace): void {
  const { shown } = conversation.getState();
  if (!shown?.view.features.includes('edit')) return;
  const last = shown.messages.findLast((message) => canEdit(message));
  if (last) reader.getState().set({ editing: last.id, surface: 'messages' });
}

/** Goes to a message, wherever in the conversation it is, and remembers the way back. */
export async function follow(workspace: Workspace, from: MessageId, to: MessageId): Promise<void> {
  const { cameFrom, set } = workspace.reader.getState();
  set({ cameFrom: [...cameFrom, from].slice(-20) });
  await workspace.conversation.getState().goTo({ message: to }).catch(workspace.report);
}
export async function goBack(workspace: Workspace): Promise<void> {
  const { cameFrom, set } = workspace.reader.getState();
  const last = cameFrom.at(-1);
  if (last === undefined) return;
  set({ cameFrom: cameFrom.slice(0, -1) });
  await workspace.conversation.getState().goTo({ message: last }).catch(workspace.report);
}
