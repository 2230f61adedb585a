import type { AttachmentId } from '../../../src-shared/model/index.ts';
import type { Workspace } from '../../state/workspace.ts';
import { paperAddress } from './paper/paper.ts';
import { hasShell } from './shell.ts';

const told = ({ toasts, i18n }: Workspace, path: string): void =>
  void toasts.getState().show({ text: i18n.t('shell.saved', { path }) });

/** Saves a file where the person says. False where the page's own download must do it. */
export async function saveAttachment(workspace: Workspace, attachment: AttachmentId, name: string): Promise<boolean> {
  if (!hasShell(workspace)) return false;
  const { path } = await workspace.client.call('shell.saveAs', { name });
  if (path !== null) {
    const saved = await workspace.client.call('attachment.save', { attachment, path });
    told(workspace, saved.path);
  }
  return true;
}

const openTitle = ({ conversation }: Workspace): string => conversation.getState().shown?.view.title || 'Carillon';

export async function savePdf(workspace: Workspace): Promise<void> {
  const { id } = workspace.conversation.getState();
  const { path } = await workspace.client.call('shell.pdf', {
    name: `${openTitle(workspace)}.pdf`,
    ...(id === null ? {} : { conversation: id }),
  });
  if (path !== null) told(workspace, path);
}

/** The open conversation, all of it, to a printer. */
export async function print(workspace: Workspace): Promise<void> {
  const { id } = workspace.conversation.getState();
  if (id === null) return;
  if (hasShell(workspace)) await workspace.client.call('shell.print', { conversation: id });
  else window.open(`${location.pathname}${paperAddress(id)}`, '_blank', 'noopener');
}

/** Writes the open conversation as an mbox where the person says. */
export async function exportConversation(workspace: Workspace): Promise<void> {
  const { client, conversation } = workspace;
  const id = conversation.getState().id;
  if (id === null) return;
  const { path } = await client.call('shell.saveAs', { name: `${openTitle(workspace)}.mbox` });
  if (path === null) return;
  await client.call('export.start', { path, format: 'mbox', conversation: id });
  told(workspace, path);
}
