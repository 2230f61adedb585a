import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

export const run = promisify(execFile);

/** Full path of a program, also where only root looks for it; undefined when it is not installed. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Systems give ports from here on to whoever asks for any (Linux: ip_local_port_range; IANA: from 49152 on). */
const [firstPort, endPort] = [10_000, 32_000];
/** Test files that run at the same time have ports of their own. */
const slices = 11;
const sliceOf = (worker: number): number => firstPort + (worker % slices) * ((endPort - firstPort) / slices);
let lastTried = Math.floor((Math.random() * (endPort - firstPort)) / slices);

/**
 * Ports nobody listens on, all different, for programs that must be told one. None of those that others are given while the
 * program starts, or while it is away between two starts.
 */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let tries = 0; found.length < count; tries += 1) {
    if (tries > 1_000) throw new Error('no ports are free');
    lastTried = (lastTried + 1) % ((endPort - firstPort) / slices);
    const port = sliceOf(Number(process.env.VITEST_POOL_ID ?? process.pid)) + lastTried;
    if (await isFree(port)) found.push(port);
  }
  return found;
}
const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Resolves once something accepts connections on the port; rejects when the process ends first or `limitMs` pass. */
export async function answers(port: number, child: ChildProcess, limitMs = 60_000): Promise<void> {
  const until = Date.now() + limitMs;
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended with ${child.exitCode}`);
    if (Date.now() > until) throw new Error(`nothing listens on port ${port}`);
    // Nothing tells when a server begins to listen: it is asked again.
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/**
 * Resolves when no process of the group lives any more: until then it holds its sockets, and whoever comes after it finds
 * them taken. A dead one nobody has asked about holds none. Linux alone tells; elsewhere it resolves at once.
 */
async function groupGone(group: number, limitMs = 30_000): Promise<void> {
  for (const until = Date.now() + limitMs; Date.now() < until; ) {
    const stats = await Promise.all(
      (await readdir('/proc').catch(() => []))
        .filter((name) => /^\d+$/.test(name))
        .map((name) => readFile(join('/proc', name, 'stat'), 'utf8').catch(() => '')),
    );
    // proc_pid_stat(5): the name in brackets, then state, parent and group.
    const lives = stats.some((stat) => {
      const [state = 'X', , of] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(of) === group && state !== 'Z' && state !== 'X';
    });
    if (!lives) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A server of its own process group, so that all it starts can be ended with it. */
export interface Server {
  readonly child: ChildProcess;
  /** What it said last, for when something goes wrong. */
  output(): string;
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}
export function startServer(program: string, args: readonly string[]): Server {
  const child = spawn(program, [...args], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const keep = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-8_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const signalGroup = (signal: 'SIGTERM' | 'SIGKILL'): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  return {
    child,
    output: () => said,
    async end(signal) {
      signalGroup(signal);
      const late = setTimeout(() => signalGroup('SIGKILL'), 5_000);
      if (child.exitCode === null && child.signalCode === null) await exited;
      clearTimeout(late);
      signalGroup('SIGKILL');
      if (child.pid !== undefined) await groupGone(child.pid);
    },
  };
}
