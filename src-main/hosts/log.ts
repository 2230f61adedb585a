import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import type { Log } from '../../src-shared/channel.ts';
import { redactingLog } from '../core/log.ts';

const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];
export const levelFrom = (text: string | undefined, otherwise: LogLevel): LogLevel =>
  logLevels.find((level) => level === text) ?? otherwise;

/** A sink of one JSON object a line; what must not be written is taken out before (core/log.ts). */
export const createLog = (write: (line: string) => void, level: LogLevel, now: () => number = Date.now): Log => {
  const lowest = logLevels.indexOf(level);
  const at = (name: LogLevel) => (message: string, data?: Readonly<Record<string, unknown>>) => {
    if (logLevels.indexOf(name) < lowest) return;
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level: name, message, ...data }, plain)}\n`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};
const plain = (_name: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

const fullBytes = 5_000_000;

export interface LogFile {
  readonly log: Log;
  close(): Promise<void>;
}
/** Appends to a file; the former one is kept as `.old` once it is full, looked at when opened. */
export const openLogFile = (path: string, level: LogLevel): LogFile => {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > fullBytes) renameSync(path, `${path}.old`);
  let stream: WriteStream | undefined;
  let closed = false;
  const open = (): WriteStream => {
    const opened = createWriteStream(path, { flags: 'a', mode: 0o600 });
    // A log that cannot be written (a full disk) must not take the product down with it. The next line tries anew.
    opened.on('error', () => {
      if (stream === opened) stream = undefined;
    });
    return opened;
  };
  const write = (line: string): void => {
    if (closed) return;
    stream ??= open();
    stream.write(line);
  };
  stream = open();
  return {
    log: createLog(write, level),
    close: () => {
      closed = true;
      return new Promise((resolve) => (stream ? stream.end(() => resolve()) : resolve()));
    },
  };
};

/**
 * Adds lines to the log another process keeps, which may put the file aside at any time: each is written to the one that
 * is there then. For what says little; secrets are taken out here, since no hub does it.
 */
export const joinLogFile = (path: string, level: LogLevel): LogFile => {
  let written: Promise<void> = Promise.resolve();
  const write = (line: string): void => {
    written = written.then(() => appendFile(path, line, { mode: 0o600 })).catch(() => undefined);
  };
  return { log: redactingLog(createLog(write, level)).with({ process: 'window' }), close: () => written };
};
