import { readFileSync } from 'node:fs';

interface Times {
  /** What the machine was to work, and what of it its host gave to others; clock ticks since it started. */
  readonly wanted: number;
  readonly stolen: number;
}

/** Undefined where the kernel does not tell (anywhere but on Linux). https://man7.org/linux/man-pages/man5/proc_stat.5.html */
function times(): Times | undefined {
  if (process.platform !== 'linux') return undefined;
  const [, ...fields] = readFileSync('/proc/stat', 'utf8').split('\n', 1).join().split(/\s+/).map(Number);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, stolen = 0] = fields;
  return { wanted: user + nice + system + irq + softirq + stolen, stolen };
}

/**
 * From here on: the share of the time the machine was to work that its host withheld, 0 to 1. What is measured by the clock
 * meanwhile is as much too slow, and its p99 far more.
 */
export function withheld(): () => number | undefined {
  const from = times();
  return () => {
    const to = times();
    if (!from || !to || to.wanted === from.wanted) return undefined;
    return (to.stolen - from.stolen) / (to.wanted - from.wanted);
  };
}
