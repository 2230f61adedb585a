import type { MessageView } from '../../../../src-shared/ipc/index.ts';
import type { MessageId } from '../../../../src-shared/model/index.ts';
import type { Workspace } from '../../../state/workspace.ts';
import { keepKeysDuring } from '../../shell/ahead.ts';
import { focusPane, soon } from '../../shell/focus.ts';

/** Opens the thread a message begins or answers in; what is typed from then on is an answer in it. */
export function openThread(workspace: Workspace, message: Pick<MessageView, 'id' | 'thread'>): void {
  const of: MessageId = message.thread?.root ?? message.id;
  keepKeysDuring(workspace.thread.getState().open(of)).catch(workspace.report);
  soon(() => focusPane('composer', '.thread-composer') || (isOnlyRead() && focusPane('details')), { keepsKeys: true });
}
/** It is there, and nothing can be written in it. */
const isOnlyRead = (): boolean => document.querySelector('.thread .composer-closed') !== null;

export function closeThread({ thread }: Workspace): void {
  thread.getState().close();
  soon(() => focusPane('composer') || focusPane('conversation'));
}
