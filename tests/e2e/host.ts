import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallName, Input, Output, Reply } from '../../src-shared/ipc/index.ts';

export const root = join(import.meta.dirname, '..', '..');
/**
 * A connection of its own for each request: one that is kept may be closed by the host just when it is used again, and a
 * POST is not repeated by itself then (RFC 9112, section 9.3.1).
 */
export const alone = { connection: 'close' } as const;

/** It may have ended a moment ago. */
const terminate = (pid: number): void => {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** The Node host on a profile of its own, as `npm start -- --headless` runs it. */
export interface Host {
  readonly url: string;
  readonly token: string;
  readonly profile: string;
  readonly pid: number;
  /** What it has said on stderr. */
  said(): string;
  /** Asks the hub as a script would. Rejects with the hub's words. */
  call<M extends CallName>(name: M, input: Input<M>): Promise<Output<M>>;
  /** Ends it; `keep` leaves the profile for a next start. */
  stop(options?: { keep?: boolean }): Promise<void>;
}

export async function startHost(
  options: { demo?: boolean; profile?: string; throwAway?: boolean; args?: readonly string[] } = {},
): Promise<Host> {
  const profile = options.profile ?? join(mkdtempSync(join(tmpdir(), 'carillon-e2e-')), 'profile');
  // A throw-away profile is made, and taken away again, by the host itself.
  const kept = options.throwAway ? [] : ['--profile', profile];
  const args = ['--headless', ...kept, ...(options.demo ? ['--demo'] : []), ...(options.args ?? [])];
  // Neither a keychain nor a display, so that every machine runs the same test.
  const { DBUS_SESSION_BUS_ADDRESS: _bus, DISPLAY: _display, CARILLON_PASSPHRASE: _secret, ...env } = process.env;
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs'), ...args], { cwd: root, env });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close');
  const line = await new Promise<string>((resolve, reject) => {
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const end = stdout.indexOf('\n');
      if (end >= 0) resolve(stdout.slice(0, end));
    });
    ended.then(() => reject(new Error(`The host ended: ${stderr}`)), reject);
  });
  const { url, token, pid } = JSON.parse(line) as { url: string; token: string; pid: number };
  return {
    url,
    token,
    profile,
    pid,
    said: () => stderr,
    async call<M extends CallName>(name: M, input: Input<M>): Promise<Output<M>> {
      const response = await fetch(`${url}/rpc/${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, ...alone },
        body: JSON.stringify(input),
      });
      const reply = (await response.json()) as Reply<Output<M>>;
      if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
      return reply.value;
    },
    async stop({ keep = false } = {}) {
      if (child.exitCode === null && child.signalCode === null) terminate(pid);
      await ended;
      if (!keep) rmSync(join(profile, '..'), { recursive: true, force: true });
    },
  };
}
