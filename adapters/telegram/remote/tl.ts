import { Api, helpers } from 'teleproto';
import type { MTProtoSender } from 'teleproto/network/index.js';
import { isPlain, type Plain } from './plain.ts';

/** The library's objects out of ours and back. The only place where both are known. */

interface Sent {
  readonly className: string;
  readonly originalArgs: Readonly<Record<string, unknown>>;
}
const isSent = (value: unknown): value is Sent =>
  typeof value === 'object' && value !== null && 'className' in value && 'originalArgs' in value;
/** What an object of the library says. Flag words are left out: the fields they announce are there or not. */
export function plainOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(plainOf);
  if (!isSent(value)) return isLong(value) ? String(value) : value;
  const fields = Object.entries(value.originalArgs).filter(
    ([name, one]) => one !== null && one !== undefined && one !== false && !/^flags\d*$/.test(name),
  );
  return { _: value.className, ...Object.fromEntries(fields.map(([name, one]) => [name, plainOf(one)])) };
}
const isLong = (value: unknown): boolean =>
  typeof value === 'bigint' || (typeof value === 'object' && value !== null && 'toJSNumber' in value);

/** An answer as a plain object, whatever shape it has. */
export function answerOf(value: unknown): Plain {
  const plain = plainOf(value);
  if (isPlain(plain)) return plain;
  return Array.isArray(plain) ? { _: 'Vector', items: plain } : { _: 'Bool', value: plain };
}

/** Throws for a constructor the schema does not have: a mistake of ours. */
export function objectOf(plain: Plain): unknown {
  const { _: name, ...fields } = plain;
  const found = name.split('.').reduce<unknown>((from, part) => Reflect.get(Object(from), part), Api);
  if (typeof found !== 'function') throw new TypeError(`the schema has no ${name}`);
  const entries = Object.entries(fields).filter(([, one]) => one !== undefined);
  return Reflect.construct(found, [Object.fromEntries(entries.map(([key, one]) => [key, fieldOf(key, one)]))]);
}
function fieldOf(key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value)) return value.map((one) => fieldOf(key, one));
  if (isPlain(value)) return objectOf(value);
  // The library draws a random id of its own where it is given none it takes for one.
  return key === 'randomId' && typeof value === 'string' ? helpers.returnBigInt(value) : value;
}

export type Request = Parameters<MTProtoSender['send']>[0];
const isRequest = (value: unknown): value is Request =>
  typeof value === 'object' && value !== null && 'classType' in value && value.classType === 'request';
/** A call of a method. Throws for one the schema does not have. */
export function requestOf(method: string, fields: Readonly<Record<string, unknown>>): Request {
  const request = objectOf({ _: method, ...fields });
  if (!isRequest(request)) throw new TypeError(`${method} is no method`);
  return request;
}
