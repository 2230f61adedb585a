/**
 * Last-writer-wins registers: each field of a patch keeps the time it was said, and a later time wins. At the same time
 * the longer JSON wins, then the greater, so that no order of arrival can change the outcome (SPEC, I-4).
 */
export type Registers = { [field: string]: readonly [value: unknown, at: number] };

/** Whether text `a` wins over `b` when nothing else decides: the one that says more, then the greater. Null says least. */
export function saysMore(a: string | null, b: string | null): boolean {
  if (a === b || a === null) return false;
  if (b === null) return true;
  return a.length === b.length ? a > b : a.length > b.length;
}

export const parseRegisters = (text: string | null | undefined): Registers => (text ? JSON.parse(text) : {});

/** Merges a patch said at `at` into `registers`, in place. Answers whether anything changed. */
export function mergePatch(registers: Registers, patch: Readonly<Record<string, unknown>>, at: number): boolean {
  let changed = false;
  for (const [field, value] of Object.entries(patch)) {
    if (value !== undefined && setRegister(registers, field, value, at)) changed = true;
  }
  return changed;
}
/** Merges all of `other` into `registers`, in place. */
export function mergeRegisters(registers: Registers, other: Registers): boolean {
  let changed = false;
  for (const [field, [value, at]] of Object.entries(other)) {
    if (setRegister(registers, field, value, at)) changed = true;
  }
  return changed;
}
function setRegister(registers: Registers, field: string, value: unknown, at: number): boolean {
  const current = registers[field];
  if (
    current &&
    (at < current[1] || (at === current[1] && !saysMore(JSON.stringify(value), JSON.stringify(current[0]))))
  )
    return false;
  registers[field] = [value, at];
  return true;
}
/** Fields in a stable order, so that equal registers are equal text. */
export const registersText = (registers: Registers): string =>
  JSON.stringify(Object.fromEntries(Object.entries(registers).sort(([a], [b]) => (a < b ? -1 : 1))));

/** The values alone. */
export const valuesOf = (registers: Registers): Record<string, unknown> =>
  Object.fromEntries(Object.entries(registers).map(([field, [value]]) => [field, value]));
