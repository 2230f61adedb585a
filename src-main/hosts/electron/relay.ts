import { type BrowserWindow, ipcMain } from 'electron';
import type { Reply } from '../../../src-shared/ipc/index.ts';
import type { LateDoor } from '../late-door.ts';
import { isOurPage } from './guard.ts';
import { answerShell, isShellCall, type ShellCalls } from './shell-calls.ts';

const refused: Reply<never> = {
  ok: false,
  error: { code: 'forbidden', message: 'This page may not ask Carillon anything.', retryable: false },
};

/**
 * Carries calls from pages to the hub and events from the hub to pages; knows none of either. What is asked of the shell
 * itself is answered here.
 */
export const relay = (hub: LateDoor, shell: ShellCalls, windows: () => readonly BrowserWindow[]): void => {
  ipcMain.handle('carillon:call', (event, name: unknown, input: unknown): Promise<Reply<unknown>> => {
    if (!isOurPage(event) || typeof name !== 'string') return Promise.resolve(refused);
    if (isShellCall(name)) return answerShell(shell, name, input ?? {}, event.sender);
    return hub.call(name, input ?? {}, { window: `window-${event.sender.id}` });
  });
  hub.on((name, payload) => {
    for (const window of windows()) {
      if (!window.isDestroyed()) window.webContents.send('carillon:event', name, payload);
    }
  });
};
