import type { App } from 'electron';
import type { Log } from '../../../src-shared/channel.ts';
import type { UpdateView } from '../../../src-shared/ipc/index.ts';
import { reason } from '../errors.ts';
import { ShellError } from './shell-error.ts';

/** Between two looks for a new version, ms. */
const everyMs = 6 * 3_600_000;

/**
 * Looks for new versions at the address the person gave, and nowhere when they gave none. What is found is fetched,
 * checked by its signature and installed when Carillon is quit; a Carillon run from its sources only says that it is there.
 */
export class Updates {
  readonly #app: App;
  readonly #log: Log;
  readonly #contacts: (feed: URL) => void;
  #feed: string | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** @param contacts is told of the address before it is asked, for the log of hosts the person may look at. */
  constructor(app: App, log: Log, contacts: (feed: URL) => void) {
    this.#app = app;
    this.#log = log;
    this.#contacts = contacts;
  }
  follow(feed: string | null): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#feed = feed;
    // A program run from its sources is not what the feed would replace: there it is asked only when the person asks.
    if (feed === null || !this.#app.isPackaged) return;
    const look = (): void => {
      this.look().catch((error: unknown) =>
        this.#log.warn('looking for a new version failed', { error: reason(error) }),
      );
    };
    look();
    this.#timer = setInterval(look, everyMs);
    this.#timer.unref();
  }
  /** Asks now. Throws a `ShellError` (`update-none`, `update-away`, `update-missing`, `update-bad`). */
  async look(): Promise<UpdateView> {
    const feed = this.#feed;
    if (feed === null) throw new ShellError('update-none', 'There is no address of updates.');
    const { default: updater } = await import('electron-updater');
    const { autoUpdater } = updater;
    const finished = this.#app.isPackaged;
    autoUpdater.logger = null;
    autoUpdater.autoInstallOnAppQuit = finished;
    autoUpdater.autoDownload = finished;
    autoUpdater.forceDevUpdateConfig = !finished;
    autoUpdater.setFeedURL({ provider: 'generic', url: feed });
    this.#contacts(new URL(feed));
    try {
      const result = await autoUpdater.checkForUpdates();
      const running = this.#app.getVersion();
      return { running, found: result?.isUpdateAvailable ? result.updateInfo.version : null, installs: finished };
    } catch (error) {
      this.#log.warn('looking for a new version failed', { error: reason(error) });
      throw problemOf(error);
    }
  }
}

/** What electron-updater's error means to the person: https://www.electron.build/auto-update, by its codes. */
const problemOf = (error: unknown): ShellError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND') {
    return new ShellError('update-missing', 'There is no list of versions at that address.');
  }
  if (code.startsWith('ERR_UPDATER_') || code.startsWith('HTTP_ERROR_')) {
    return new ShellError('update-bad', 'What is at that address is no list of versions.');
  }
  return new ShellError('update-away', 'Nobody answered at that address.');
};
