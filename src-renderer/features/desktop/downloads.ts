import type { AttachmentId } from '../../../src-shared/model/index.ts';
import type { Workspace } from '../../state/workspace.ts';
import { saveAttachment } from './files.ts';
import { hasShell } from './shell.ts';

const address = /^carillon:\/\/app\/attachment\/([1-9]\d*)$/;

/** In the desktop program every link that would download an attachment asks where it is to go. Returns how to stop. */
export function followDownloads(workspace: Workspace, page: Window): () => void {
  const clicked = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || !hasShell(workspace)) return;
    const link = event.target.closest<HTMLAnchorElement>('a[download]');
    const id = link && address.exec(link.href)?.[1];
    if (!link || !id) return;
    event.preventDefault();
    saveAttachment(workspace, Number(id) as AttachmentId, link.download).catch(workspace.report);
  };
  page.addEventListener('click', clicked);
  return () => page.removeEventListener('click', clicked);
}
