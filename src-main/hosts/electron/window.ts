import { fileURLToPath } from 'node:url';
import { BrowserWindow, nativeTheme } from 'electron';
import { origin } from './page-protocol.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

const preload = fileURLToPath(new URL('../preload/index.cjs', import.meta.url));
const icon = fileURLToPath(new URL('../../resources/icon.png', import.meta.url));
/** Pages that end badly are loaded again, at most this often, ms. */
const reloadEveryMs = 5_000;

/** The window: a sandboxed page that can do nothing but ask. */
export const openWindow = (stateFile: string): BrowserWindow => {
  const { maximized, ...bounds } = readWindowState(stateFile);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 360,
    minHeight: 400,
    show: false,
    title: 'Carillon',
    icon,
    autoHideMenuBar: true,
    // The colour of the page, so that nothing flashes before it is drawn.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16171b' : '#ffffff',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: true,
    },
  });
  keepWindowState(window, stateFile);
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  // Drafts are saved as one types: a page has no say in whether its window closes.
  window.webContents.on('will-prevent-unload', (event) => event.preventDefault());
  let reloaded = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || Date.now() - reloaded < reloadEveryMs) return;
    reloaded = Date.now();
    window.webContents.reload();
  });
  // A failure is followed by `render-process-gone` or by a reload of ours.
  window.loadURL(`${origin}/index.html`).catch(() => undefined);
  return window;
};
