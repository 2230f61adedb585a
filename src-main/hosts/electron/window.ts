import { fileURLToPath } from 'node:url';
import { BrowserWindow, nativeTheme } from 'electron';
import { keepWindowState, readWindowState } from './window-state.ts';

const preload = fileURLToPath(new URL('../preload/index.cjs', import.meta.url));
const icon = fileURLToPath(new URL('../../resources/icon.png', import.meta.url));
/** Pages that end badly are loaded again, at most this often, ms. */
const reloadEveryMs = 5_000;
/** How long after its page has loaded a window waits for the first picture of it, ms. */
const firstPictureMs = 500;

export interface WindowOptions {
  /** Where its place on the screen is remembered. */
  readonly state: string;
  /** For the first time, px. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly page: string;
  /** Called before the page is loaded. */
  prepare(window: BrowserWindow): void;
}

/** Of every page: it runs sandboxed, and can do nothing but ask. */
export const webPreferences = {
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: true,
} as const;

/**
 * Shows a window with its page already in it. The first picture of a page nobody sees yet does not always come (once in
 * twenty starts in Electron 33 under X11), and a window nobody ever sees is worse than one that is empty for a moment.
 */
const showWhenDrawn = (window: BrowserWindow, maximized: boolean): void => {
  let shown = false;
  const show = (): void => {
    if (shown || window.isDestroyed()) return;
    shown = true;
    // It shows the window too.
    if (maximized) window.maximize();
    window.show();
  };
  window.once('ready-to-show', show);
  window.webContents.once('did-stop-loading', () => setTimeout(show, firstPictureMs));
};

/** A window: a sandboxed page that can do nothing but ask. */
export const openWindow = ({ state, size, page, prepare }: WindowOptions): BrowserWindow => {
  const { maximized, zoom, ...bounds } = readWindowState(state, size);
  // All windows share one zoom: what the first was left with is theirs, and no later one changes it.
  const first = BrowserWindow.getAllWindows().length === 0;
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
    webPreferences,
  });
  keepWindowState(window, state);
  showWhenDrawn(window, maximized);
  if (first) window.webContents.once('dom-ready', () => window.webContents.setZoomLevel(zoom));
  // Drafts are saved as one types: a page has no say in whether its window closes.
  window.webContents.on('will-prevent-unload', (event) => event.preventDefault());
  let reloaded = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || Date.now() - reloaded < reloadEveryMs) return;
    reloaded = Date.now();
    window.webContents.reload();
  });
  // A failure is followed by `render-process-gone` or by a reload of ours.
  prepare(window);
  window.loadURL(page).catch(() => undefined);
  return window;
};
