import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { openStore } from '../../src-main/store/index.ts';
import { type Bench, benchKey } from '../context.ts';
import { type Figure, percentile } from '../measure.ts';

const runs = 7;
const childCode = join(import.meta.dirname, '..', 'children', 'first-page.ts');

/** From the start of a fresh process to the first inbox page, here and in an empty profile. Middle of several. */
export async function start({ file, folder }: Bench): Promise<readonly Figure[]> {
  const empty = join(folder, 'empty.db');
  await (await openStore({ file: empty, key: benchKey, now: Date.now })).close();
  const full: number[] = [];
  const none: number[] = [];
  // In turns, so that a busy minute of the machine falls on both.
  for (let i = 0; i < runs; i += 1) {
    full.push(await firstPage(file));
    none.push(await firstPage(empty));
  }
  const [fullMs, emptyMs] = [percentile(full, 0.5), percentile(none, 0.5)];
  return [
    { scenario: 'start', name: 'first inbox page', value: fullMs, unit: 'ms', bar: { at: 'most', value: 1500 } },
    { scenario: 'start', name: 'the same, empty profile', value: emptyMs, unit: 'ms' },
    {
      scenario: 'start',
      name: 'of an empty profile',
      value: fullMs / emptyMs,
      unit: 'ratio',
      bar: { at: 'most', value: 1.2 },
    },
  ];
}

/** Milliseconds from spawning until the child says its first page is there. */
function firstPage(file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, [childCode, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.once('data', () => resolve(performance.now() - begun));
    child.once('error', reject);
    child.once('exit', (code) => code !== 0 && reject(new Error(`the child ended with ${code}`)));
  });
}
