import { Ledger, type Simulator } from '../_base/index.ts';
import { Faults } from './faults.ts';
import { remember } from './history.ts';
import { auth } from './methods/auth.ts';
import { dialogs } from './methods/dialogs.ts';
import { media } from './methods/media.ts';
import { messages } from './methods/messages.ts';
import { updates } from './methods/updates.ts';
import { idOfKey } from './mtproto/handshake.ts';
import { type Asked, type Connection, MtprotoServer, RpcError } from './mtproto/server.ts';
import { called, peopled } from './people.ts';
import type { Credentials, Method, Scene } from './scene.ts';
import { Telling } from './telling.ts';
import { loginTokenUpdate } from './tl.ts';
import type { World } from './world.ts';

const methods: readonly Method[] = [...auth, ...updates, ...dialogs, ...messages, ...media];
/** What may be called before anybody is logged in (core.telegram.org/api/auth). */
const open = /^(help\.GetConfig|auth\.|account\.GetPassword)/;

export interface TelegramOptions {
  readonly messages?: number;
  /** Unix ms of the newest message. */
  readonly until?: number;
  /** Two-step verification is on, with this. */
  readonly password?: string;
}
/** A pretend Telegram on loopback that real clients log in to. */
export interface Telegram {
  /** host:port */
  readonly address: string;
  /** PEM. */
  readonly serverKey: string;
  readonly credentials: Credentials;
  readonly world: World;
  readonly telling: Telling;
  readonly faults: Faults;
  /** Every call, by method; every message of this account that was accepted, under `sent`. */
  readonly ledger: Ledger<Readonly<Record<string, unknown>>>;
  readonly connections: readonly Connection[];
  /** Somebody scans the code that is shown. */
  scan(): void;
  /** The account is logged in by this key, as if it had been made here. */
  recognise(key: Buffer): Promise<void>;
  /** Breaks every connection. */
  disconnect(): void;
  /** The server forgets every key: transport error -404 from now on. */
  forgetKeys(): void;
  /** The session is ended from another device: AUTH_KEY_UNREGISTERED from now on. */
  revoke(): void;
  stop(): Promise<void>;
}

export async function startTelegram(options: TelegramOptions = {}): Promise<Telegram> {
  const world = peopled();
  const faults = new Faults();
  const ledger = new Ledger<Readonly<Record<string, unknown>>>(() => Date.now());
  const credentials: Credentials = {
    apiId: 12_345,
    apiHash: '0123456789abcdef0123456789abcdef',
    phone: `+${world.me.phone}`,
    code: '13579',
    password: options.password,
    botToken: '100:a-token-for-tests',
  };
  const server = new MtprotoServer(answer);
  const authorized = () => server.connections.filter(({ key }) => key?.user !== undefined);
  const telling = new Telling(world, (update, except) => {
    for (const one of authorized()) if (one !== except) for (const what of faults.passing(update)) one.push(what);
  });
  remember(world, telling, { messages: options.messages ?? 90, until: options.until ?? Date.now() });
  const port = await server.listen();

  async function answer(asked: Asked, from: Connection) {
    const scene: Scene = { world, telling, faults, server, credentials, port: () => port, from };
    if (!open.test(asked.className) && from.key?.user === undefined) throw new RpcError(401, 'AUTH_KEY_UNREGISTERED');
    ledger.record('asked', { method: asked.className });
    return faults.around(asked.className, async () => {
      for (const method of methods) {
        const answered = method.answer(asked, scene);
        if (answered !== undefined) return answered;
      }
      throw new RpcError(400, 'METHOD_INVALID');
    });
  }
  return {
    address: `127.0.0.1:${port}`,
    serverKey: server.serverKey.pem,
    credentials,
    world,
    telling,
    faults,
    ledger,
    get connections() {
      return authorized();
    },
    scan() {
      for (const { key } of server.connections) key?.login.set('scanned', 'yes');
      for (const one of server.connections) if (one.key?.login.has('token')) one.push(loginTokenUpdate());
    },
    async recognise(bytes) {
      const id = await idOfKey(bytes);
      server.keys.set(id, { bytes, id, user: String(world.me.id), login: new Map() });
    },
    disconnect() {
      for (const one of server.connections) one.destroy();
    },
    forgetKeys() {
      server.keys.clear();
    },
    revoke() {
      for (const key of server.keys.values()) delete key.user;
    },
    stop: () => server.close(),
  };
}

export const simulator: Simulator = {
  name: 'telegram',
  async start({ until }) {
    const running = await startTelegram({ until, messages: 400 });
    const { apiId, apiHash, phone, code } = running.credentials;
    const hana = called('hana');
    return {
      address: running.address,
      login: {
        channel: 'telegram',
        flow: 'account',
        fields: {
          choice: 'phone',
          apiId: String(apiId),
          apiHash,
          phone,
          code,
          server: running.address,
          serverKey: running.serverKey,
        },
      },
      stir: async () => void running.telling.short(hana, 'Are you there?'),
      sent: () => running.world.all().flatMap(({ out, text }) => (out ? [text] : [])),
      stop: () => running.stop(),
    };
  },
};
