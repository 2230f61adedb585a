import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { joinLogFile, openLogFile } from './log.ts';

const inFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'carillon.log');
};
const lines = (path: string): Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('the window and the hub write one log, each line whole and saying whose it is', async () => {
  const path = inFolder();
  const hub = openLogFile(path, 'info');
  const window = joinLogFile(path, 'info');
  for (let n = 0; n < 200; n += 1) {
    hub.log.info('from the hub', { n });
    window.log.warn('from the window', { n });
    window.log.debug('not worth a line');
  }
  await Promise.all([hub.close(), window.close()]);
  const all = lines(path);
  expect(all).toHaveLength(400);
  expect(all.filter((line) => line.process === 'window').map((line) => line.n)).toEqual(
    Array.from({ length: 200 }, (_, n) => n),
  );
  expect(statSync(path).mode & 0o077).toBe(0);
});

test('the window goes on in the new log when the hub has put the full one aside', async () => {
  const path = inFolder();
  const window = joinLogFile(path, 'info');
  window.log.info('before');
  await window.close();
  renameSync(path, `${path}.old`);
  window.log.info('after');
  await window.close();
  expect(lines(path).map(({ message }) => message)).toEqual(['after']);
});

test('nothing secret gets from the window into the log', async () => {
  const path = inFolder();
  const window = joinLogFile(path, 'info');
  window.log.error('could not open carillon://app/?token=deadbeef', {
    error: 'Authorization: Bearer abcdefgh12345',
    passphrase: 'correct horse',
  });
  await window.close();
  expect(readFileSync(path, 'utf8')).not.toMatch(/deadbeef|abcdefgh12345|correct horse/);
});

test('a log that cannot be written takes nothing down with it', async () => {
  const path = inFolder();
  writeFileSync(path, '');
  const window = joinLogFile(join(path, 'below a file'), 'info');
  window.log.error('x');
  await expect(window.close()).resolves.toBeUndefined();
});

test('a log goes on once the disk takes it again', async () => {
  const folder = join(inFolder(), '..', 'not there yet');
  const path = join(folder, 'carillon.log');
  const { log, close } = openLogFile(path, 'info');
  log.info('lost');
  mkdirSync(folder);
  const written = (): boolean => {
    log.info('kept');
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  };
  await expect.poll(written, { timeout: 20_000 }).toBe(true);
  await close();
  expect(lines(path).at(-1)).toMatchObject({ message: 'kept' });
});
