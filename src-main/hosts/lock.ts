import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { HostError, reason, systemCode } from './errors.ts';

/**
 * One hub a profile. Who holds it stands in the lock file; a holder that is gone (killed, or the machine restarted) is
 * told from a living one by process id and start time together, because process ids are used again.
 */
const Holder = z.object({ pid: z.number().int().positive(), started: z.string(), what: z.string() });
type Holder = z.infer<typeof Holder>;

export interface ProfileLock {
  release(): void;
}

/** @param what who takes it, for the message another one gets: "the window", "the Node host" ... */
export const lockProfile = (file: string, what: string): ProfileLock => {
  const mine: Holder = { pid: process.pid, started: startOf(process.pid) ?? '', what };
  for (let tries = 0; ; tries++) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: 'wx', mode: 0o600, flush: true });
      return held(file, mine);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') {
        throw new HostError('profile-unusable', `The profile cannot be locked: ${reason(error)}`, error);
      }
    }
    const holder = read(file);
    if (holder === 'being-written' || tries > 2 || (holder !== undefined && lives(holder))) {
      throw new HostError('profile-in-use', inUse(file, holder));
    }
    takeAway(file, holder);
  }
};

/** A program that ends in a hurry, without releasing it, does not leave it behind either; only a killed one does. */
const held = (file: string, mine: Holder): ProfileLock => {
  const end = (): void => release(file, mine);
  process.once('exit', end);
  return {
    release() {
      process.off('exit', end);
      end();
    },
  };
};

const inUse = (file: string, holder: Holder | 'being-written' | undefined): string =>
  holder === undefined || holder === 'being-written'
    ? `This profile is being opened by another Carillon (${file}).`
    : `This profile is in use by ${holder.what} (process ${holder.pid}). Close it first, or choose another profile.`;

/** Undefined: no lock, or one that says nothing. A file still empty moments after it was made is being written. */
const read = (file: string): Holder | 'being-written' | undefined => {
  try {
    const parsed = Holder.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return parsed.data;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
  }
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return age < 2_000 ? 'being-written' : undefined;
};

/** Two may find the same stale lock: only the one that still sees it unchanged removes it. */
const takeAway = (file: string, stale: Holder | undefined): void => {
  const now = read(file);
  if (now === 'being-written' || now?.pid !== stale?.pid || now?.started !== stale?.started) return;
  rmSync(file, { force: true });
};

const release = (file: string, mine: Holder): void => {
  const holder = read(file);
  if (holder !== 'being-written' && holder?.pid === mine.pid && holder.started === mine.started) {
    rmSync(file, { force: true });
  }
};

const lives = ({ pid, started }: Holder): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
  }
  const now = startOf(pid);
  return now === undefined || started === '' || now === started;
};

/** Boot and start time of a process, where the system tells (proc(5), `stat` field 22); else undefined. */
const startOf = (pid: number): string | undefined => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may hold spaces and parentheses itself.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? undefined : `${boot}:${ticks}`;
  } catch {
    return undefined;
  }
};
