import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Output as Answer, CallName, Input, Reply } from '../../../src-shared/ipc/index.ts';
import { type HostAddress, readHostFile } from '../host-file.ts';
import { levelFrom, openLogFile } from '../log.ts';
import { openProfile } from '../open.ts';
import { prepareProfile, profileFiles } from '../profile.ts';
import { environmentPrompt, firstOf, terminalPrompt } from '../prompts.ts';
import { Failure } from './failure.ts';

/** The hub a command speaks to: the one of a Node host that runs on this profile, else one opened for the command. */
export interface CliHub {
  /** Throws `Failure` with the hub's words. */
  call<K extends CallName>(name: K, input: Input<K>): Promise<Answer<K>>;
  /** Hears from then on what the hub tells its windows, as far as it can be heard; the function answered ends it. */
  hear(listener: (event: string, payload: unknown) => void): Promise<() => void>;
  /** It goes on when the command has ended. */
  readonly stays: boolean;
  close(): Promise<void>;
}

/** @param online whether the command needs the accounts to be connected. */
export const connect = async (profile: string, online: boolean): Promise<CliHub> => {
  const running = await readHostFile(profileFiles(profile).host);
  if (running !== undefined && (await answers(running))) return remoteHub(running);
  return ownHub(profile, online);
};

type RawCall = (name: string, input: unknown) => Promise<Reply<unknown>>;
const typed =
  (raw: RawCall): CliHub['call'] =>
  async <K extends CallName>(name: K, input: Input<K>): Promise<Answer<K>> => {
    const reply = await raw(name, input);
    if (!reply.ok) throw new Failure(reply.error.message);
    // The hub answers by the contract this program was built with.
    return reply.value as Answer<K>;
  };

const ownHub = async (profile: string, online: boolean): Promise<CliHub> => {
  const files = await prepareProfile(profile);
  const { log, close: closeLog } = openLogFile(files.log, levelFrom(process.env.CARILLON_LOG, 'info'));
  const hub = await openProfile({
    profile,
    host: 'node',
    what: 'a command on the command line',
    demo: false,
    online,
    log,
    prompt: firstOf(environmentPrompt(), terminalPrompt(true)),
  });
  return {
    call: typed((name, input) => hub.door.call(name, input, { window: 'cli' })),
    hear: async (listener) => hub.door.on(listener),
    stays: false,
    async close() {
      await hub.close();
      await closeLog();
    },
  };
};

const remoteHub = (host: HostAddress): CliHub => ({
  call: typed((name, input) => post(host, name, input)),
  hear: (listener) => listen(host, listener),
  stays: true,
  close: async () => undefined,
});

const Told = z.object({ event: z.string(), payload: z.unknown() });
/** What is told is an extra: a host that cannot be heard is worked with in silence. */
const listen = async (
  { url, token }: HostAddress,
  listener: (event: string, payload: unknown) => void,
): Promise<() => void> => {
  const socket = new WebSocket(new URL('/socket', url.replace(/^http/, 'ws')), {
    headers: { authorization: `Bearer ${token}` },
  });
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => {
    const told = Told.safeParse(JSON.parse(data.toString()));
    if (told.success) listener(told.data.event, told.data.payload);
  });
  await new Promise<void>((resolve) => {
    socket.once('open', () => resolve());
    socket.once('close', () => resolve());
  });
  return () => socket.terminate();
};

const post = async ({ url, token }: HostAddress, name: string, input: unknown): Promise<Reply<unknown>> => {
  const response = await fetch(`${url}/rpc/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return (await response.json()) as Reply<unknown>;
};

/** A host that was killed leaves its address behind. */
const answers = async (host: HostAddress): Promise<boolean> => {
  try {
    const reply = await post(host, 'app.info', {});
    if (!reply.ok && reply.error.code === 'locked') throw new Failure(reply.error.message);
    return reply.ok;
  } catch (error) {
    if (error instanceof Failure) throw error;
    return false;
  }
};
