import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { open } from '../connection/open.ts';
import type { Sql } from '../connection/sql.ts';
import { Checkpoints, type Limits } from './checkpoints.ts';

const key = new Uint8Array(32).fill(7);
let folder: string;
let file: string;
let sql: Sql;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-checkpoints-'));
  file = join(folder, 'a.db');
  sql = open({ file, key, readonly: false, cacheKib: 1000 });
  sql.run('CREATE TABLE pages (content BLOB)');
});
afterEach(() => {
  sql.db.close();
  rmSync(folder, { recursive: true, force: true });
});

const limits: Limits = { due: 50, few: 20, most: 200, patience: 10 };
/** Something of about so many pages. */
const write = (pages: number) => sql.run('INSERT INTO pages VALUES (randomblob(?))', pages * 4000);
const look = () => {
  const row = sql.get<{ log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)');
  if (!row) throw new Error('nothing is known of the log');
  return { log: row.log, left: row.log - row.checkpointed };
};
/** A connection that sees the database as it is now until it is let go. */
function readNow(): () => void {
  const reader = open({ file, key, readonly: true, cacheKib: 1000 });
  reader.db.exec('BEGIN');
  reader.get('SELECT count(*) FROM pages');
  return () => reader.db.close();
}

test('what is in the log is moved beside the writer, which moves the little that came meanwhile and begins the log anew', async () => {
  const checkpoints = new Checkpoints(sql, { file, key }, { ...limits, patience: 60_000 });
  write(30);
  checkpoints.tend();
  expect(look().left).toBeGreaterThan(30);
  write(30);
  // Who reads the log keeps it from beginning anew by itself.
  const letGo = readNow();
  checkpoints.tend();
  await expect.poll(() => look().left).toBe(0);
  checkpoints.settle();
  write(12);
  expect(look().log).toBeGreaterThan(72);
  expect(look().left).toBeGreaterThan(11);
  letGo();
  checkpoints.tend();
  expect(look().left).toBe(0);
  write(1);
  expect(look().log).toBeLessThan(10);
  expect(sql.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
});

test('a log that has grown to its limit is moved by the writer; one that is still read grows by as much as is due', () => {
  const checkpoints = new Checkpoints(sql, { file, key }, limits);
  write(limits.most);
  const letGo = readNow();
  checkpoints.makeRoom();
  expect(look().left).toBe(0);
  write(limits.due / 2);
  checkpoints.makeRoom();
  expect(look().left).toBeGreaterThan(limits.due / 2);
  write(limits.due);
  checkpoints.makeRoom();
  expect(look().left).toBeGreaterThan(0);
  letGo();
  write(2 * limits.due);
  checkpoints.makeRoom();
  expect(look().left).toBe(0);
  write(1);
  expect(look().log).toBeLessThan(10);
});

test('D-2: what the file does not take stays in the log, and whoever writes is told before there is too much', async () => {
  const script = fileURLToPath(new URL('../testing/limited-file.ts', import.meta.url));
  // In blocks of 512 bytes or of 1,024, as the shell likes.
  const limited = 'ulimit -f 1000 && exec "$0" "$1" "$2"';
  const { stdout } = await promisify(execFile)('sh', ['-c', limited, process.execPath, script, file]);
  const { code, written, found, log } = JSON.parse(stdout);
  expect(code).toBe('io');
  expect(found).toBe(written);
  // At the first it did not take, long before the log had grown to its limit.
  expect(log).toBeLessThan(2 * limits.due + limits.few);
  expect(sql.get('SELECT count(*) AS n FROM pages')).toEqual({ n: written });
  expect(sql.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
}, 60_000);
