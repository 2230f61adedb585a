import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CallName, Input, Output } from '../../../src-shared/ipc/index.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** A folder that goes with the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-hub-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
};

/** No display and no keychain, so that every machine runs the same test. */
const environment = (more: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const { DISPLAY: _d, WAYLAND_DISPLAY: _w, DBUS_SESSION_BUS_ADDRESS: _b, ...env } = process.env;
  return { ...env, ...more };
};
const run = (script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess => {
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: root,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
};

/** One command of the command line, to its end. */
export async function cli(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = run('src-main/hosts/cli/index.ts', args, env);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, stdout, stderr };
}

/** The hub in a process of its own, as the Node host runs it. */
export interface HubProcess {
  call<M extends CallName>(name: M, input: Input<M>): Promise<Output<M>>;
  /** The process is gone from one instruction to the next, with whatever it had under way. */
  kill(): Promise<void>;
}

export async function startHub(profile: string): Promise<HubProcess> {
  const child = run('src-main/hosts/node/index.ts', ['--headless', '--profile', profile]);
  const ended = once(child, 'close');
  const said = Promise.withResolvers<string>();
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (stdout.includes('\n')) said.resolve(stdout.slice(0, stdout.indexOf('\n')));
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  void ended.then(() => said.reject(new Error(`the hub ended: ${stderr}`)));
  said.promise.catch(() => undefined);
  const { url, token }: { url: string; token: string } = JSON.parse(await said.promise);
  return {
    async call(name, input) {
      const response = await fetch(`${url}/rpc/${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(input),
      });
      const reply = await response.json();
      if (!reply.ok) throw new Error(`${name}: ${reply.error.code}: ${reply.error.message}`);
      return reply.value;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Looks again and again until there is something to see. */
export async function soon<T>(what: string, look: () => Promise<T | undefined | false>, patience = 60_000): Promise<T> {
  for (const until = Date.now() + patience; Date.now() < until; ) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`waited in vain until ${what}`);
}
