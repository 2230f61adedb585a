import { readFileSync } from 'node:fs';

/** What a process holds and has worked so far. */
export interface Footprint {
  /** Resident, MB. */
  readonly mb: number;
  /** Processor time of all its threads, ms. */
  readonly workedMs: number;
}

/** Clock ticks a second in what the kernel tells (proc_pid_stat(5)): 100 on every Linux of today. */
const ticks = 100;

/** Undefined where the kernel does not tell (anywhere but on Linux). */
export function footprint(pid: number): Footprint | undefined {
  if (process.platform !== 'linux') return undefined;
  const mb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1000;
  // The second field, the name, may hold blanks and brackets; user and system time are the 14th and 15th.
  const after = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return { mb, workedMs: ((Number(after[11]) + Number(after[12])) / ticks) * 1000 };
}
