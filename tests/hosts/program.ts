import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { ask } from '../../src-main/hosts/testing/http.ts';

export const root = join(import.meta.dirname, '..', '..');

/** A folder that goes with the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** The first line on stdout; rejects with stderr when the program ends before. */
  readonly firstLine: Promise<string>;
}

/** Neither a display nor a keychain, so that every machine runs the same test. */
const bare = (): NodeJS.ProcessEnv => {
  const env = { ...process.env };
  for (const name of [
    'DISPLAY',
    'WAYLAND_DISPLAY',
    'DBUS_SESSION_BUS_ADDRESS',
    'CARILLON_PASSPHRASE',
    'CARILLON_PROFILE',
  ]) {
    delete env[name];
  }
  return env;
};

/** Starts a script of the project under this Node. It is killed with the test if it still runs. */
export const start = (script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, stdin = ''): Running => {
  const child = spawn(process.execPath, [join(root, script), ...args], { cwd: root, env: { ...bare(), ...env } });
  // A program that ends before it has read everything is its own affair: what it answers is looked at.
  child.stdin.on('error', () => undefined).end(stdin);
  let stdout = '';
  let stderr = '';
  const firstLine = Promise.withResolvers<string>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    const end = stdout.indexOf('\n');
    if (end !== -1) firstLine.resolve(stdout.slice(0, end));
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]) => {
    firstLine.reject(new Error(`ended with ${code}: ${stderr}`));
    return { code: typeof code === 'number' ? code : null, stdout, stderr };
  });
  firstLine.promise.catch(() => undefined);
  // Its folders go after it, when nobody writes there any more: whoever holds its output has ended too.
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { process: child, ended, firstLine: firstLine.promise };
};

export const runScript = (
  script: string,
  args: readonly string[],
  env?: NodeJS.ProcessEnv,
  stdin?: string,
): Promise<Ended> => start(script, args, env, stdin).ended;

export interface Address {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}
/** A headless host that can answer. */
export const startHeadless = async (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Running & Address> => {
  const running = start('scripts/start.mjs', ['--headless', ...args], env);
  const address: Address = JSON.parse(await running.firstLine);
  let over = false;
  running.ended.then(
    () => {
      over = true;
    },
    () => undefined,
  );
  onTestFinished(() => {
    // Once it is over its number may be another program's.
    if (over) return;
    try {
      process.kill(address.pid, 'SIGKILL');
    } catch {
      // It ends just now.
    }
  });
  return { ...running, ...address };
};

const Answer = z.object({
  ok: z.boolean(),
  value: z.unknown().optional(),
  error: z.object({ code: z.string() }).optional(),
});
type Answer = z.infer<typeof Answer>;

export const rpc = async ({ url, token }: Address, name: string, input: unknown = {}): Promise<Answer> => {
  const headers = { authorization: `Bearer ${token}` };
  const { text } = await ask(`${url}/rpc/${name}`, { method: 'POST', headers, body: JSON.stringify(input) });
  return Answer.parse(JSON.parse(text));
};
