import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { nursery } from '../../src-main/hosts/nursery.ts';
import type { CallName, Input, Output } from '../../src-shared/ipc/index.ts';

export const root = join(import.meta.dirname, '..', '..');
/** What Node made of the source is kept between starts, so that a start is short (https://nodejs.org/api/module.html#module-compile-cache). */
const compiled = join(root, 'node_modules', '.cache', 'compiled');

/** A script of the product in a process of its own: no display and no keychain, so that every machine runs the same test. */
export function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const { DISPLAY: _d, WAYLAND_DISPLAY: _w, DBUS_SESSION_BUS_ADDRESS: _b, ...rest } = process.env;
  return spawn(process.execPath, [nursery, join(root, script), ...args], {
    cwd: root,
    env: { ...rest, NODE_COMPILE_CACHE: compiled, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** No answer came although the hub lives: what was asked for may have been done or not. */
export class Unanswered extends Error {}
/** Calls that change nothing: one that got no answer is made again. */
const questions: ReadonlySet<CallName> = new Set<CallName>([
  'accounts.list',
  'app.check',
  'conversation.page',
  'inbox.page',
  'labels.list',
  'message.get',
  'outbox.list',
]);
/** A machine that is busy enough resets a connection now and then. */
const mostTries = 5;
const betweenTriesMs = 200;

/** The hub in a process of its own, as the Node host runs it. */
export interface HubProcess {
  readonly pid: number;
  /** Where the window opens, the first time. */
  readonly page: string;
  /** Rejects with `Unanswered` when the call itself got lost, for what is not only a question. */
  call<M extends CallName>(name: M, input: Input<M>): Promise<Output<M>>;
  /** The process is gone from one instruction to the next, with whatever it had under way. */
  kill(): Promise<void>;
  /** It ends as it should. */
  end(): Promise<void>;
}

export async function startHub(profile: string): Promise<HubProcess> {
  const child = run('src-main/hosts/node/index.ts', ['--headless', '--profile', profile]);
  const ended = once(child, 'close');
  const said = Promise.withResolvers<string>();
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    stdout += piece;
    if (stdout.includes('\n')) said.resolve(stdout.slice(0, stdout.indexOf('\n')));
  });
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    stderr += piece;
  });
  void ended.then(() => said.reject(new Error(`the hub ended: ${stderr}`)));
  said.promise.catch(() => undefined);
  const gone = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  const { url, token, pid }: { url: string; token: string; pid: number } = JSON.parse(await said.promise);
  const ask = async (name: CallName, body: string): Promise<string> => {
    for (let left = mostTries; ; ) {
      try {
        return await post(`${url}/rpc/${name}`, token, body);
      } catch (cause) {
        left--;
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`${name} was not answered: the hub ended: ${stderr}`, { cause });
        if (left === 0 || !questions.has(name)) throw new Unanswered(`${name} was not answered`, { cause });
        await new Promise((resolve) => setTimeout(resolve, betweenTriesMs));
      }
    }
  };
  return {
    pid,
    page: `${url}/?token=${token}`,
    async call(name, input) {
      const answer = await ask(name, JSON.stringify(input));
      const reply = JSON.parse(answer);
      if (!reply.ok) throw new Error(`${name}: ${reply.error.code}: ${reply.error.message}`);
      return reply.value;
    },
    kill: () => gone('SIGKILL'),
    end: () => gone('SIGTERM'),
  };
}

/** Over a connection of its own: one kept open may be closed by the other side just as the next call goes out on it. */
async function post(url: string, token: string, body: string): Promise<string> {
  const call = request(url, { method: 'POST', agent: false, headers: { authorization: `Bearer ${token}` } });
  call.end(body);
  const [response] = await once(call, 'response');
  return text(response);
}

/** Looks again and again until there is something to see. */
export async function soon<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  patience = 60_000,
  every = 5,
): Promise<T> {
  for (const until = Date.now() + patience; Date.now() < until; ) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  throw new Error(`waited in vain until ${what}`);
}
