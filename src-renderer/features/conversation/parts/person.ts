import type { MentionView } from '../../../../src-shared/ipc/index.ts';
import type { Workspace } from '../../../state/workspace.ts';
import { focusPane, soon } from '../../shell/focus.ts';

/** Shows somebody a message names beside the conversation. Oneself one knows. */
export function showPerson({ reader, thread }: Workspace, { person }: Pick<MentionView, 'person'>): void {
  if (person === null) return;
  thread.getState().close();
  reader.getState().set({ details: true, person });
  soon(() => focusPane('details'));
}
