import type { Log } from '../../src-shared/channel.ts';
import { createHub } from '../core/hub.ts';
import type { Ports } from '../ports/index.ts';
import type { Store } from '../store/api.ts';
import { openStore } from '../store/index.ts';
import { channels } from './channels.ts';
import { systemClock } from './clock.ts';
import { connectSteadily } from './connections.ts';
import type { HubDoor } from './door.ts';
import { mailExporter } from './exporters.ts';
import { hubDoor } from './hub-door.ts';
import { lockProfile } from './lock.ts';
import { prepareProfile } from './profile.ts';
import { databaseKey, openSecrets, type PassphrasePrompt } from './secrets/index.ts';
import { version } from './version.ts';

export interface OpenOptions {
  readonly profile: string;
  readonly host: Ports['host'];
  /** Who holds the profile, for the message a second one gets. */
  readonly what: string;
  /** A trial profile: begins with the demo account, its key lies open. */
  readonly demo: boolean;
  /** Connects the accounts. Without it only what is here can be read and changed. */
  readonly online: boolean;
  readonly log: Log;
  readonly prompt: PassphrasePrompt;
}
export interface OpenHub {
  readonly door: HubDoor;
  /** Ends sessions, store and lock, in this order. */
  close(): Promise<void>;
}

/**
 * Everything from a profile folder to a running hub: lock, secrets, key, store, hub.
 * Throws `HostError` or `StoreError` with a line for the person; then nothing is left open.
 */
export const openProfile = async (options: OpenOptions): Promise<OpenHub> => {
  const files = await prepareProfile(options.profile);
  const lock = lockProfile(files.lock, options.what);
  let store: Store | undefined;
  try {
    const secrets = await openSecrets({ file: files.secrets, throwAway: options.demo, prompt: options.prompt });
    const key = await databaseKey(secrets, files.database);
    const opened = await openStore({ file: files.database, key, now: systemClock.now });
    store = opened;
    await connectSteadily();
    const ports: Ports = {
      host: options.host,
      clock: systemClock,
      log: options.log,
      secrets,
      paths: { profile: files.folder },
      fetch: globalThis.fetch,
      exporters: { mbox: mailExporter },
    };
    const hub = createHub({ ports, channels, store: opened, version, demo: options.demo });
    await hub.start({ offline: !options.online });
    return {
      door: hubDoor(hub),
      async close() {
        await hub.stop();
        await opened.close();
        lock.release();
      },
    };
  } catch (error) {
    await store?.close();
    lock.release();
    throw error;
  }
};
