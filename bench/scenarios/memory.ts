import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from '../context.ts';
import type { Figure } from '../measure.ts';

const childCode = join(import.meta.dirname, '..', 'children', 'memory.ts');

/** Resident memory of a process that holds the store and has been read and searched for a while. */
export async function memory({ file }: Bench): Promise<readonly Figure[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [childCode, file]);
  const megabytes = Number(stdout.trim()) / 1e6;
  return [
    { scenario: 'memory', name: 'resident after use', value: megabytes, unit: 'MB', bar: { at: 'most', value: 300 } },
  ];
}
