import { fileURLToPath } from 'node:url';
import { type App, type BrowserWindow, Menu, nativeImage, Tray } from 'electron';
import type { Frame } from './menu.ts';

const icon = fileURLToPath(new URL('../../resources/icon.png', import.meta.url));
/** Side of the dot over the taskbar's icon, px. */
const dotSize = 16;

/** A round dot in the product's accent colour: taskbars of Windows show no numbers of their own. */
const dot = (): Electron.NativeImage => {
  const pixels = Buffer.alloc(dotSize * dotSize * 4);
  const middle = (dotSize - 1) / 2;
  for (let y = 0; y < dotSize; y++) {
    for (let x = 0; x < dotSize; x++) {
      if (Math.hypot(x - middle, y - middle) > middle) continue;
      // Blue, green, red, alpha.
      pixels.set([0x2f, 0x45, 0xd9, 0xff], (y * dotSize + x) * 4);
    }
  }
  return nativeImage.createFromBitmap(pixels, { width: dotSize, height: dotSize });
};

export interface TrayOptions {
  readonly app: App;
  readonly windows: () => readonly BrowserWindow[];
  show(): void;
  toggle(): void;
  compose(): void;
  /** Whether the person is to be told of new messages from now on. */
  notify(on: boolean): void;
}

/** The icon near the clock and the number on the dock or taskbar: both say how much is unread. */
export class Corner {
  readonly #options: TrayOptions;
  #tray: Tray | undefined;
  /** What the menu was made of. */
  #said = '';

  constructor(options: TrayOptions) {
    this.#options = options;
  }
  /** Undefined on desktops without a place for one. */
  start(): void {
    try {
      this.#tray = new Tray(nativeImage.createFromPath(icon).resize({ width: 22, height: 22 }));
      this.#tray.on('click', () => this.#options.toggle());
    } catch {
      // A desktop without a tray: the window and its badge remain.
    }
  }
  tell({ unread, notices, words }: Frame): void {
    const { app, windows, show, compose, notify } = this.#options;
    this.#tray?.setToolTip(words.unread === '' ? 'Carillon' : `Carillon: ${words.unread}`);
    const said = JSON.stringify([words.show, words.compose, words.pauseNotices, words.quit, notices]);
    // Made anew only when it says something else: whoever has it open would lose it with every message that comes.
    if (said !== this.#said) {
      this.#said = said;
      this.#tray?.setContextMenu(
        Menu.buildFromTemplate([
          { label: words.show, click: show },
          { label: words.compose, click: compose },
          { type: 'separator' },
          { label: words.pauseNotices, type: 'checkbox', checked: !notices, click: () => notify(!notices) },
          { type: 'separator' },
          { label: words.quit, click: () => app.quit() },
        ]),
      );
    }
    app.setBadgeCount(unread);
    if (process.platform !== 'win32') return;
    for (const window of windows()) window.setOverlayIcon(unread > 0 ? dot() : null, words.unread);
  }
  stop(): void {
    this.#tray?.destroy();
    this.#tray = undefined;
  }
}
