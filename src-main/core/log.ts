import type { Log } from '../../src-shared/channel.ts';

const secretNames = /pass(word|phrase|wd)?$|secret|token|authorization|cookie|credential|api-?key|private-?key/i;
/** RFC 6750 bearer and RFC 7617 basic credentials, SASL responses, and URLs with a password in them. */
const secretShapes: readonly [RegExp, string][] = [
  [/\b(bearer|basic|xoauth2|plain)\s+[\w+/=.~-]{8,}/gi, '$1 [hidden]'],
  [/(\w+:\/\/[^\s:/@]+):[^\s@/]+@/g, '$1:[hidden]@'],
  [/([?&](?:access_)?token=)[^&\s#]+/gi, '$1[hidden]'],
];
/** Shorter values are words of everyday and would blot out half a log. */
const shortestSecret = 6;
const deepest = 6;

/** A log that never writes a secret, whether it is recognised by its name, by its shape or because it was told of it. */
export interface RedactingLog extends Log {
  /** From now on this value is hidden wherever it appears. */
  hide(value: string): void;
  /** The same log with fields that every line carries. */
  with(fields: Readonly<Record<string, unknown>>): Log;
}

export function redactingLog(sink: Log): RedactingLog {
  const hidden = new Set<string>();
  const clean = (text: string): string => {
    let out = text;
    for (const value of hidden) out = out.replaceAll(value, '[hidden]');
    for (const [shape, by] of secretShapes) out = out.replace(shape, by);
    return out;
  };
  const cleanValue = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return clean(value);
    if (value instanceof Error) return clean(value.stack ?? `${value.name}: ${value.message}`);
    if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= deepest) return '[deeper]';
    if (Array.isArray(value)) return value.map((item) => cleanValue(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        secretNames.test(name) ? '[hidden]' : cleanValue(item, depth + 1),
      ]),
    );
  };
  const write =
    (level: keyof Log, fields: Readonly<Record<string, unknown>>) =>
    (message: string, data?: Readonly<Record<string, unknown>>): void => {
      const all = Object.fromEntries(
        Object.entries({ ...fields, ...data }).map(([name, value]) => [
          name,
          secretNames.test(name) ? '[hidden]' : cleanValue(value, 0),
        ]),
      );
      sink[level](clean(message), all);
    };
  const make = (fields: Readonly<Record<string, unknown>>): Log => ({
    debug: write('debug', fields),
    info: write('info', fields),
    warn: write('warn', fields),
    error: write('error', fields),
  });
  return {
    ...make({}),
    hide: (value) => {
      if (value.length >= shortestSecret) hidden.add(value);
    },
    with: make,
  };
}
