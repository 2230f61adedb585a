import { Logger, sessions, TelegramClient } from 'teleproto';
import { UpdateManager } from 'teleproto/client/updates/index.js';
import { AuthKey } from 'teleproto/crypto/AuthKey.js';
import { PromisedNetSockets } from 'teleproto/extensions/index.js';
import { LogLevel } from 'teleproto/extensions/Logger.js';
import { mend } from './codec.ts';
import type { Place } from './place.ts';
import type { Plain } from './plain.ts';
import { answerOf } from './tl.ts';

/** What is known of the connection while it is there. */
export interface Hooks {
  updates(said: Plain): void;
  /** The main connection has closed. */
  closed(): void;
}
/** Keeps the key in memory and notices when the server has refused it (-404, core.telegram.org/mtproto/mtproto-transports). */
class KeySession extends sessions.MemorySession {
  refused = false;
  override setAuthKey(key?: AuthKey, dc?: number): void {
    if (key === undefined) this.refused = true;
    super.setAuthKey(key, dc);
  }
}
/** Hands every update on as it came. Order, gaps and differences are not the library's business here but `live/`'s. */
class Relay extends UpdateManager {
  readonly #updates: Hooks['updates'];
  constructor(client: TelegramClient, updates: Hooks['updates']) {
    super(client);
    this.#updates = updates;
  }
  override start(): void {}
  override stop(): void {}
  override onUpdates(said: unknown): void {
    this.#updates(answerOf(said));
  }
  override async ensureState(): Promise<void> {}
  override async catchUp(): Promise<void> {}
  override async recoverIfStale(): Promise<void> {}
  override applyAffected(): void {}
}
/** A socket whose end is noticed at once: the library tells nobody when it does not reconnect by itself. */
const watched = (closed: () => void) => {
  let first = true;
  return class extends PromisedNetSockets {
    readonly #main = first;
    override connect(port: number, address: string) {
      first = false;
      return super.connect(port, address);
    }
    override async readExactly(bytes: number) {
      mend();
      try {
        return await super.readExactly(bytes);
      } catch (cause) {
        if (this.#main) closed();
        throw cause;
      }
    }
    override async close() {
      await super.close();
      if (this.#main) closed();
    }
  };
};

export interface App {
  readonly id: number;
  readonly hash: string;
}
export interface Made {
  readonly client: TelegramClient;
  /** Whether the server has refused the key. */
  refused(): boolean;
  place(): Place;
}
/** A client of the library with everything switched off that would act on its own: retries, sleeping, reconnecting, updates. */
export async function makeClient(app: App, place: Place, hooks: Hooks): Promise<Made> {
  const session = new KeySession();
  session.setDC(place.dc, place.address, place.port);
  if (place.key !== undefined) {
    const key = new AuthKey();
    await key.setKey(Buffer.from(place.key, 'hex'));
    session.setAuthKey(key, place.dc);
  }
  const client = new TelegramClient(session, app.id, app.hash, {
    baseLogger: new Logger(LogLevel.NONE),
    networkSocket: watched(hooks.closed),
    autoReconnect: false,
    connectionRetries: 1,
    requestRetries: 1,
    floodSleepThreshold: 0,
    securityChecks: true,
    deviceModel: 'Carillon',
    systemVersion: process.platform,
    appVersion: '1.0',
    timeout: 15,
  });
  client.updateManager = new Relay(client, hooks.updates);
  return {
    client,
    refused: () => session.refused,
    place: () => {
      const key = session.authKey?.getKey()?.toString('hex');
      return {
        dc: session.dcId,
        address: session.serverAddress,
        port: session.port,
        ...(key === undefined ? {} : { key }),
      };
    },
  };
}
