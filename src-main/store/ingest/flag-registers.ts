import type { Flags } from '../../../src-shared/model/index.ts';
import { flagNames } from '../model.ts';

/** One register a flag, packed into the columns `flags`, `flags_at` and `flags_times` of a message. */
export interface PackedFlags {
  /** Bit i: known; bit 8 + i: set. */
  readonly flags: number;
  /** When all known flags were said, -1 while none is. */
  readonly flags_at: number;
  /** JSON times by flag, where they differ. */
  readonly flags_times: string | null;
}
export const noFlags: PackedFlags = { flags: 0, flags_at: -1, flags_times: null };

function packFlags(flags: Flags): number {
  let bits = 0;
  for (const [i, name] of flagNames.entries()) {
    const value = flags[name];
    if (value !== undefined) bits |= (1 << i) | (value ? 1 << (8 + i) : 0);
  }
  return bits;
}
export function unpackFlags(bits: number): Flags {
  const flags: Flags = {};
  for (const [i, name] of flagNames.entries()) if (bits & (1 << i)) flags[name] = (bits & (1 << (8 + i))) !== 0;
  return flags;
}
export const withFlag = (bits: number, name: keyof Flags, on: boolean): number => {
  const i = flagNames.indexOf(name);
  return (bits & ~(1 << (8 + i))) | (1 << i) | (on ? 1 << (8 + i) : 0);
};
export const hasFlag = (bits: number, name: keyof Flags): boolean =>
  (bits & (1 << (8 + flagNames.indexOf(name)))) !== 0;

const timesOf = (packed: PackedFlags): number[] => {
  if (packed.flags_times !== null) return JSON.parse(packed.flags_times);
  return flagNames.map((_, i) => (packed.flags & (1 << i) ? packed.flags_at : -1));
};

/** Merges what was said at `at`. At the same time a flag that is set wins. Answers the same object when nothing changed. */
export function mergeFlags(packed: PackedFlags, flags: Flags, at: number): PackedFlags {
  if (packed.flags === 0) {
    const bits = packFlags(flags);
    return bits === 0 ? packed : { flags: bits, flags_at: at, flags_times: null };
  }
  const times = timesOf(packed);
  let bits = packed.flags;
  let changed = false;
  for (const [i, name] of flagNames.entries()) {
    const value = flags[name];
    const before = times[i] ?? -1;
    if (value === undefined || at < before || (at === before && !(value && !hasFlag(bits, name)))) continue;
    bits = withFlag(bits, name, value);
    times[i] = at;
    changed = true;
  }
  if (!changed) return packed;
  const known = times.filter((time) => time >= 0);
  const same = known.every((time) => time === known[0]);
  return { flags: bits, flags_at: Math.max(...known), flags_times: same ? null : JSON.stringify(times) };
}
