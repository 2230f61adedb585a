/**
 * What Telegram says, free of any library: the constructor's name under `_`, fields by the names of the schema
 * (core.telegram.org/schema) in camel case. 64-bit numbers are decimal text; bytes are bytes. Whatever arrives is not
 * to be trusted to have the fields it should: they are read through the functions below, which never throw.
 */
export interface Plain {
  readonly _: string;
  readonly [field: string]: unknown;
}
export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && '_' in value && typeof value._ === 'string';

type Read = Plain | undefined;
/** The field as text, also where it is a number that does not fit one of JavaScript's. */
export function textOf(from: Read, field: string): string | undefined {
  const value = from?.[field];
  return typeof value === 'string' ? value : undefined;
}
/** The field as a whole number; undefined where it is none. */
export function intOf(from: Read, field: string): number | undefined {
  const value = from?.[field];
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}
export function realOf(from: Read, field: string): number | undefined {
  const value = from?.[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
/** An id: 64 bits, as text of digits. */
export function longOf(from: Read, field: string): string | undefined {
  const value = from?.[field];
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? value : undefined;
}
export const isSet = (from: Read, field: string): boolean => from?.[field] === true;
export function childOf(from: Read, field: string): Plain | undefined {
  const value = from?.[field];
  return isPlain(value) ? value : undefined;
}
export function childrenOf(from: Read, field: string): readonly Plain[] {
  const value = from?.[field];
  return Array.isArray(value) ? value.filter(isPlain) : [];
}
export function bytesOf(from: Read, field: string): Uint8Array | undefined {
  const value = from?.[field];
  return value instanceof Uint8Array ? value : undefined;
}
export function intsOf(from: Read, field: string): readonly number[] {
  const value = from?.[field];
  return Array.isArray(value) ? value.filter((one) => Number.isSafeInteger(one)) : [];
}

/** How deep anything real nests; what is deeper is cut. */
const deepest = 24;
/** As JSON: bytes in base64. For keeping what the model has no word for. */
export function jsonOf(value: unknown, depth = 0): unknown {
  if (depth > deepest) return null;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map((one) => jsonOf(one, depth + 1));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, jsonOf(one, depth + 1)]));
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  return typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol' ? String(value) : value;
}
