import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type App, type BrowserWindow, dialog, globalShortcut, type Session, type WebContents } from 'electron';
import type { Log } from '../../../src-shared/channel.ts';
import type { ShellPreferences } from '../../../src-shared/ipc/index.ts';
import type { HubDoor } from '../door.ts';
import { setLaunchAtLogin } from './autostart.ts';
import { type Frame, firstFrame, setMenu } from './menu.ts';
import type { Opener } from './opener.ts';
import { Preferences } from './preferences.ts';
import type { Printing } from './printing.ts';
import type { ShellCalls } from './shell-calls.ts';
import { ShellError } from './shell-error.ts';
import { setSpelling } from './spelling.ts';
import { Corner } from './tray.ts';
import { Updates } from './updates.ts';
import type { Windows } from './windows.ts';

/** Whom Chromium asks for dictionaries: https://www.electronjs.org/docs/latest/tutorial/spellchecker */
const dictionaryHost = 'redirector.gvt1.com';
/** One step of the zoom, in Chromium's levels: each is a fifth more. */
const zoomStep = 0.5;
const zoomLimit = 4;

export interface ShellOptions {
  readonly app: App;
  readonly hub: Pick<HubDoor, 'call'>;
  readonly profile: string;
  readonly session: Session;
  readonly printing: Printing;
  readonly windows: Windows;
  readonly opener: Opener;
  readonly log: Log;
}

/** What stands around the pages: menu, tray, hot key, spelling, updates; and the answers to what pages ask of it. */
export class Shell {
  readonly #options: ShellOptions;
  readonly #preferences: Preferences;
  readonly #corner: Corner;
  readonly #updates: Updates;
  #frame: Frame = firstFrame;

  constructor(options: ShellOptions) {
    const { app, profile, windows, opener, log } = options;
    this.#options = options;
    this.#updates = new Updates(app, log, ({ hostname, port, protocol }) =>
      this.#contacted(hostname, Number(port) || (protocol === 'https:' ? 443 : 80), 'update', ''),
    );
    this.#corner = new Corner({
      app,
      windows: () => windows.all(),
      show: () => windows.show(),
      toggle: () => windows.toggle(),
      compose() {
        windows.show();
        opener.open({ is: 'command', command: 'compose' });
      },
      notify: (notifications) => void this.#tell('settings.set', { patch: { notifications } }),
    });
    this.#preferences = new Preferences(join(profile, 'shell.json'), (now, before) => this.#apply(now, before));
  }
  get words(): Frame['words'] {
    return this.#frame.words;
  }
  get noticeText(): ShellPreferences['noticeText'] {
    return this.#preferences.now.noticeText;
  }
  /** Whether the program goes on without a window. */
  get staysWithoutWindow(): boolean {
    return this.#preferences.now.background;
  }
  start(): void {
    const { session, app, log } = this.#options;
    const { hotKey, spellCheck, updateFeed } = this.#preferences.now;
    this.#corner.start();
    this.#show(firstFrame);
    session.on('spellcheck-dictionary-download-begin', (_event, language) =>
      this.#contacted(dictionaryHost, 443, 'other', language),
    );
    setSpelling(session, spellCheck, app.getPreferredSystemLanguages());
    this.#updates.follow(updateFeed);
    if (hotKey !== null && !this.#hear(hotKey)) log.warn('another program has the hot key', { hotKey });
  }
  stop(): void {
    globalShortcut.unregisterAll();
    this.#corner.stop();
  }

  calls(): ShellCalls {
    const { windows, opener, printing } = this.#options;
    return {
      'shell.opened': (_input, asker) => opener.listens(asker),
      'shell.saveAs': async ({ name }, asker) => ({ path: await this.#askPath(asker, name) }),
      'shell.pdf': async ({ name, conversation }, asker) => {
        const path = await this.#askPath(asker, name);
        if (path === null) return { path };
        const bytes = await (conversation === undefined
          ? asker.printToPDF({ pageSize: 'A4', printBackground: true, generateTaggedPDF: true })
          : printing.pdf(conversation));
        await writeFile(path, bytes, { mode: 0o600 });
        return { path };
      },
      'shell.print': async ({ conversation }) => {
        await printing.print(conversation);
        return null;
      },
      'shell.drawn': ({ problem }, asker) => {
        printing.drawn(asker, problem);
        return null;
      },
      'shell.zoom': ({ to }, asker) => {
        const wanted = to === 'reset' ? 0 : asker.getZoomLevel() + (to === 'in' ? zoomStep : -zoomStep);
        asker.setZoomLevel(Math.max(-zoomLimit, Math.min(zoomLimit, wanted)));
        return { percent: Math.round(asker.getZoomFactor() * 100) };
      },
      'shell.window': ({ conversation }) => {
        windows.openConversation(conversation);
        return null;
      },
      'shell.frame': (frame, asker) => {
        // Every window sends its own; the main window's counts.
        if (asker === windows.main()) this.#show(frame);
        return null;
      },
      'shell.preferences': () => this.#preferences.now,
      'shell.prefer': (patch) => this.#preferences.change(patch),
      'shell.update': () => this.#updates.look(),
    };
  }

  #show(frame: Frame): void {
    const { app, opener } = this.#options;
    this.#frame = frame;
    setMenu(frame, {
      develops: !app.isPackaged,
      run: (command: string, window: BrowserWindow | undefined) => {
        const opening = { is: 'command', command } as const;
        if (window === undefined) opener.open(opening);
        else window.webContents.send('carillon:event', 'open', opening);
      },
    });
    this.#corner.tell(frame);
  }
  async #tell(call: string, input: unknown): Promise<void> {
    const reply = await this.#options.hub.call(call, input, { window: 'host' });
    if (!reply.ok) this.#options.log.warn('the hub would not', { call, error: reply.error.message });
  }
  /** For the log of hosts the person may look at. */
  #contacted(host: string, port: number, why: 'update' | 'other', who: string): void {
    void this.#tell('privacy.contact', { host, port, why, who });
  }
  async #askPath(asker: WebContents, name: string): Promise<string | null> {
    const { app, windows } = this.#options;
    const defaultPath = join(app.getPath('downloads'), fileName(name));
    const window = windows.of(asker);
    const { filePath } = await (window
      ? dialog.showSaveDialog(window, { defaultPath })
      : dialog.showSaveDialog({ defaultPath }));
    return filePath || null;
  }
  #hear(hotKey: string): boolean {
    try {
      return globalShortcut.register(hotKey, () => this.#options.windows.toggle());
    } catch {
      return false;
    }
  }
  #apply(now: ShellPreferences, before: ShellPreferences): void {
    const { app, profile, session } = this.#options;
    if (now.hotKey !== before.hotKey) {
      if (now.hotKey !== null && !this.#hear(now.hotKey)) {
        throw new ShellError(
          'hot-key',
          `The system does not give "${now.hotKey}" to Carillon: another program has it, or it is no key.`,
        );
      }
      if (before.hotKey !== null) globalShortcut.unregister(before.hotKey);
    }
    if (now.launchAtLogin !== before.launchAtLogin) setLaunchAtLogin(app, now.launchAtLogin, profile);
    if (now.spellCheck !== before.spellCheck) setSpelling(session, now.spellCheck, app.getPreferredSystemLanguages());
    if (now.updateFeed !== before.updateFeed) this.#updates.follow(now.updateFeed);
  }
}

/** A name a message came with, fit for every file system. */
export const fileName = (name: string): string => {
  const safe = name
    .replaceAll(/[\u0000-\u001f\u007f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]/g, '_')
    .replace(/^\.+|[. ]+$/g, '');
  return safe.slice(0, 200) || 'carillon';
};
