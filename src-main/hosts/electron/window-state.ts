import { readFileSync, writeFileSync } from 'node:fs';
import { app, type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';

const State = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().min(360),
  height: z.number().min(400),
  maximized: z.boolean(),
  zoom: z.number().min(-4).max(4).default(0),
});
export type WindowState = Partial<Rectangle> & {
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
  /** Chromium's level; what it remembers of it by itself it writes when it likes, and loses when the end comes soon. */
  readonly zoom: number;
};

const firstSize = { width: 1280, height: 840 };

/** Where the window was, unless the screen it was on is gone. */
export const readWindowState = (file: string, size: { width: number; height: number } = firstSize): WindowState => {
  const first: WindowState = { ...size, maximized: false, zoom: 0 };
  try {
    const state = State.parse(JSON.parse(readFileSync(file, 'utf8')));
    const { workArea } = screen.getDisplayMatching(state);
    const seen =
      state.x < workArea.x + workArea.width - 80 &&
      state.x + state.width > workArea.x + 80 &&
      state.y >= workArea.y - 40 &&
      state.y < workArea.y + workArea.height - 80;
    return seen ? state : { ...first, maximized: state.maximized, zoom: state.zoom };
  } catch {
    return first;
  }
};

/** Remembers the window's place when it is closed, and at the end: then windows go without being closed. */
export const keepWindowState = (window: BrowserWindow, file: string): void => {
  const keep = (): void => {
    const zoom = window.webContents.getZoomLevel();
    const state = { ...window.getNormalBounds(), maximized: window.isMaximized(), zoom };
    try {
      writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
    } catch {
      // A full disk: the window opens in its first place next time.
    }
  };
  window.on('close', keep);
  app.on('before-quit', keep);
  window.once('closed', () => app.off('before-quit', keep));
};
