import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Log } from './log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('whoever asks while a flush is under way waits for the next one, and they all share it', async () => {
  writeFileSync(join(folder, 'a.db-wal'), 'pages');
  const log = new Log(join(folder, 'a.db'));
  const first = log.flush();
  const second = log.flush();
  expect(second).not.toBe(first);
  expect(log.flush()).toBe(second);
  await Promise.all([first, second]);
  const third = log.flush();
  expect(third).not.toBe(second);
  await third;
});

test('D-1: what cannot be flushed is said, to all who wait for it, and the next is tried again', async () => {
  const wal = join(folder, 'a.db-wal');
  mkdirSync(wal); // nothing that can be written to
  const log = new Log(join(folder, 'a.db'));
  const refused = { name: 'StoreError', code: 'io' };
  const [first, second] = [log.flush(), log.flush()];
  await expect(first).rejects.toMatchObject(refused);
  await expect(second).rejects.toMatchObject(refused);
  rmdirSync(wal);
  writeFileSync(wal, 'pages');
  await log.flush();
});

test('a log that is no longer there has been moved into the file', async () => {
  await new Log(join(folder, 'closed.db')).flush();
});
