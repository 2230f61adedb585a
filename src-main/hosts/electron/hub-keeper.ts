import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import type { Log } from '../../../src-shared/channel.ts';
import { type HubArguments, writeHubArguments } from '../hub-arguments.ts';
import type { LateDoor } from '../late-door.ts';
import type { FromHub, Line, ToHub } from '../link/messages.ts';
import { HubLink } from '../link/shell-side.ts';
import { nursery } from '../nursery.ts';

/** A hub process, of either kind. */
interface HubProcess extends Line<ToHub, FromHub> {
  readonly pid: number | undefined;
  ended(listener: (code: number) => void): void;
  kill(): void;
}

const entry = fileURLToPath(new URL('./hub.js', import.meta.url));

/** In Electron's own utility process, or in the Node that `CARILLON_HUB_NODE` names. */
const startProcess = (hub: HubArguments): HubProcess => {
  const args = writeHubArguments(hub);
  const node = process.env.CARILLON_HUB_NODE;
  if (node) {
    const child = fork(entry, args, {
      execPath: node,
      execArgv: [nursery],
      serialization: 'advanced',
      stdio: 'inherit',
    });
    // A message on its way to a process that ends just then fails late, as an event; the end itself is told apart.
    child.on('error', () => undefined);
    return {
      pid: child.pid,
      send: (message) => child.connected && child.send(message, () => undefined),
      receive: (listener) => child.on('message', listener),
      ended: (listener) => child.once('exit', (code) => listener(code ?? 1)),
      kill: () => child.kill('SIGKILL'),
    };
  }
  const child = utilityProcess.fork(entry, args, { serviceName: 'Carillon hub', stdio: 'inherit' });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    receive: (listener) => child.on('message', listener),
    ended: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  };
};

/** Pause before the next start, ms: doubled with each early end, as before once it held out for `steadyMs`. */
const firstPauseMs = 250;
const longestPauseMs = 30_000;
const steadyMs = 60_000;
/** How long an orderly end may take before it is cut off, ms. */
const patienceMs = 1_900;

export interface KeeperEvents {
  /** Somebody must be asked for a passphrase; answered through `HubKeeper.answer`. */
  ask(what: 'unlock' | 'create', wrong: boolean): void;
  /** The hub says that it cannot start at all. */
  failed(code: string, message: string): void;
  /** Each time it is up. */
  up(): void;
}

/** Keeps one hub process running behind a door: starts it, starts it again when it dies, stops it at the end. */
export class HubKeeper {
  readonly #door: LateDoor;
  readonly #arguments: HubArguments;
  readonly #events: KeeperEvents;
  readonly #log: Log;
  #process: HubProcess | undefined;
  #link: HubLink | undefined;
  #pauseMs = firstPauseMs;
  #timer: NodeJS.Timeout | undefined;
  #stopping: (() => void) | undefined;

  constructor(door: LateDoor, hub: HubArguments, events: KeeperEvents, log: Log) {
    this.#door = door;
    this.#arguments = hub;
    this.#events = events;
    this.#log = log;
  }
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  start(): void {
    const hub = startProcess(this.#arguments);
    const began = Date.now();
    let refused = false;
    const link = new HubLink(hub, (message) => {
      if (message.is === 'up') {
        this.#door.open(link);
        this.#events.up();
      } else if (message.is === 'ask') this.#events.ask(message.what, message.wrong);
      else {
        refused = true;
        // A hub told to stop before it was up has nothing to say to the person.
        if (this.#stopping === undefined) this.#events.failed(message.code, message.message);
      }
    });
    hub.ended((code) => {
      link.end();
      this.#door.lost();
      this.#process = undefined;
      if (this.#stopping) return this.#stopping();
      if (refused) return;
      if (Date.now() - began > steadyMs) this.#pauseMs = firstPauseMs;
      this.#log.error('the hub ended and is started again', { code, inMs: this.#pauseMs });
      this.#timer = setTimeout(() => this.start(), this.#pauseMs);
      this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    });
    this.#process = hub;
    this.#link = link;
  }
  answer(passphrase: string | undefined): void {
    this.#link?.answer(passphrase);
  }
  /** Resolves when the process is gone, at the latest after its patience. */
  stop(): Promise<void> {
    clearTimeout(this.#timer);
    const hub = this.#process;
    if (hub === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const cut = setTimeout(() => {
        hub.kill();
        resolve();
      }, patienceMs);
      this.#stopping = () => {
        clearTimeout(cut);
        resolve();
      };
      this.#link?.stop();
    });
  }
}
