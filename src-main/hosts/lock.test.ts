import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockProfile } from './lock.ts';
import { temporaryFolder } from './testing/temporary.ts';

const module = new URL('./lock.ts', import.meta.url).href;
/** A program of its own that holds the lock, as another Carillon would. */
const holder = async (file: string): Promise<ChildProcess> => {
  const code = `const { lockProfile } = await import(${JSON.stringify(module)});
    lockProfile(${JSON.stringify(file)}, 'the window'); process.stdout.write('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
};

test('a second hub on a profile is refused and told who holds it', async () => {
  const file = join(temporaryFolder(), 'lock');
  const child = await holder(file);
  expect(() => lockProfile(file, 'the Node host')).toThrow(`in use by the window (process ${child.pid})`);
});

test('the lock of a killed program is taken over', async () => {
  const file = join(temporaryFolder(), 'lock');
  const child = await holder(file);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  const lock = lockProfile(file, 'the Node host');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid, what: 'the Node host' });
  lock.release();
  expect(existsSync(file)).toBe(false);
});

test('a process id used again by another program does not hold the lock', () => {
  const file = join(temporaryFolder(), 'lock');
  writeFileSync(file, JSON.stringify({ pid: process.ppid, started: 'another-boot:1', what: 'the window' }));
  expect(() => lockProfile(file, 'the Node host')).not.toThrow();
});

test('a lock taken over by another is not removed by the one that lost it', () => {
  const file = join(temporaryFolder(), 'lock');
  const lock = lockProfile(file, 'the Node host');
  writeFileSync(file, JSON.stringify({ pid: 1, started: 'x', what: 'another' }));
  lock.release();
  expect(existsSync(file)).toBe(true);
});
