import { join } from 'node:path';
import { BrowserWindow, type WebContents } from 'electron';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import { origin } from './page-protocol.ts';
import { openWindow } from './window.ts';

/** The main window, and conversations in windows of their own. */
export class Windows {
  readonly #folder: string;
  readonly #prepare: (window: BrowserWindow) => void;
  #main: BrowserWindow | undefined;
  readonly #others = new Map<ConversationId, BrowserWindow>();

  /** @param prepare is told of each window once, before its page is loaded. */
  constructor(folder: string, prepare: (window: BrowserWindow) => void) {
    this.#folder = folder;
    this.#prepare = prepare;
  }
  all(): readonly BrowserWindow[] {
    return [...(this.#main === undefined ? [] : [this.#main]), ...this.#others.values()].filter(
      (window) => !window.isDestroyed(),
    );
  }
  isMain(window: BrowserWindow): boolean {
    return window === this.#main;
  }
  /** Of the main window's page; undefined while there is none. */
  main(): WebContents | undefined {
    return this.#main === undefined || this.#main.isDestroyed() ? undefined : this.#main.webContents;
  }
  focused(): boolean {
    return this.all().some((window) => window.isFocused());
  }
  /** Brings the main window forward, opening it first where it is not there. */
  show(): void {
    if (this.#main === undefined || this.#main.isDestroyed()) {
      this.#main = openWindow({
        state: join(this.#folder, 'window.json'),
        page: `${origin}/index.html`,
        prepare: this.#prepare,
      });
    } else if (!this.#main.isVisible()) this.#main.show();
    if (this.#main.isMinimized()) this.#main.restore();
    this.#main.focus();
  }
  /** The hot key: away when it is in front, to the front when it is not. */
  toggle(): void {
    const main = this.#main;
    if (main && !main.isDestroyed() && main.isVisible() && main.isFocused()) main.hide();
    else this.show();
  }
  openConversation(conversation: ConversationId): void {
    const open = this.#others.get(conversation);
    if (open && !open.isDestroyed()) {
      open.focus();
      return;
    }
    const window = openWindow({
      state: join(this.#folder, 'conversation-window.json'),
      size: { width: 720, height: 780 },
      page: `${origin}/index.html?conversation=${conversation}`,
      prepare: this.#prepare,
    });
    window.once('closed', () => this.#others.delete(conversation));
    this.#others.set(conversation, window);
  }
  /** Loads the page of the main window anew: something else is to be asked there. */
  reload(): void {
    this.#main?.webContents.loadURL(`${origin}/index.html`).catch(() => undefined);
  }
  of(contents: WebContents): BrowserWindow | undefined {
    return BrowserWindow.fromWebContents(contents) ?? undefined;
  }
}
