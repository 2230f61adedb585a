import { z } from 'zod';
import { isTs } from '../ids.ts';

/** A field read where it is what the documentation says, and passed over where not: one odd field never costs a message. */
export const soft = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
export const text = soft(z.string());
export const number = soft(z.number().finite());
export const flag = soft(z.boolean());
export const texts = soft(z.array(z.string()));
export const things = soft(z.array(z.unknown()));
export const Ts = z.string().refine(isTs);
export const ts = soft(Ts);

/** What `read` did not take of `raw`: fields it does not know, and those it could not read. */
export function unread(raw: Readonly<Record<string, unknown>>, read: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(raw).filter(([name, value]) => value !== null && value !== undefined && read[name] === undefined),
  );
}
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
