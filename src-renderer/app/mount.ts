import type { Client } from '../client/index.ts';
import { listenForKeys } from '../commands/registry.ts';
import { prefetchEditor } from '../features/composer/Editor.tsx';
import { followDownloads } from '../features/desktop/downloads.ts';
import { followFrame } from '../features/desktop/frame.ts';
import { followOpen } from '../features/desktop/open.ts';
import { loadEmoji } from '../features/emoji/emoji.ts';
import type { Upload } from '../features/imports/store.ts';
import { prefetchPalette } from '../features/palette/prepare.ts';
import { createI18n, pick } from '../i18n/index.ts';
import { startWorkspace } from '../state/start.ts';
import { createWorkspace, type Workspace } from '../state/workspace.ts';
import { followLooks } from './looks.ts';

/** Everything of a window that is not drawn: state, keys, looks. */
export function mountWindow(options: { client: Client; upload: Upload }): Workspace {
  const i18n = createI18n(pick(navigator.languages));
  const workspace = createWorkspace({ ...options, i18n, page: window });
  followLooks(workspace, window);
  listenForKeys(workspace, window);
  followFrame(workspace);
  followOpen(workspace);
  followDownloads(workspace, window);
  window.addEventListener('pagehide', () => void workspace.composer.getState().flush());
  const prefetch = (): void => {
    prefetchEditor();
    prefetchPalette(workspace);
    loadEmoji(i18n.language()).catch(() => undefined);
  };
  void startWorkspace(workspace).then(() => window.requestIdleCallback(prefetch));
  return workspace;
}
