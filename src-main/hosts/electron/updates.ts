import type { App } from 'electron';
import type { Log } from '../../../src-shared/channel.ts';
import { reason } from '../errors.ts';

/** Between two looks for a new version, ms. */
const everyMs = 6 * 3_600_000;

/**
 * Looks for new versions at the address the person gave, and nowhere when they gave none. What is found is fetched,
 * checked by its signature and installed when Carillon is quit.
 */
export class Updates {
  readonly #app: App;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;

  constructor(app: App, log: Log) {
    this.#app = app;
    this.#log = log;
  }
  follow(feed: string | null): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    // A program run from its sources is not what the feed would replace.
    if (feed === null || !this.#app.isPackaged) return;
    const look = (): void => {
      this.#look(feed).catch((error: unknown) =>
        this.#log.warn('looking for a new version failed', { error: reason(error) }),
      );
    };
    look();
    this.#timer = setInterval(look, everyMs);
    this.#timer.unref();
  }
  async #look(feed: string): Promise<void> {
    const { default: updater } = await import('electron-updater');
    const { autoUpdater } = updater;
    autoUpdater.logger = null;
    autoUpdater.autoInstallOnAppQuit = true;
    autoUpdater.setFeedURL({ provider: 'generic', url: feed });
    await autoUpdater.checkForUpdates();
  }
}
