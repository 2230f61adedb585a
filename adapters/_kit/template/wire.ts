import { z } from 'zod';

/** What the board says, as it says it. Nothing outside this folder knows these names. */
export const Entry = z.discriminatedUnion('type', [
  z.object({
    seq: z.number().int(),
    type: z.literal('note'),
    who: z.string(),
    said: z.string(),
    at: z.number(),
    nonce: z.string().optional(),
  }),
  z.object({
    seq: z.number().int(),
    type: z.literal('mark'),
    who: z.string(),
    on: z.number().int(),
    emoji: z.string(),
    set: z.boolean(),
    at: z.number(),
  }),
]);
export type Entry = z.infer<typeof Entry>;
export const Entries = z.array(Entry);
export const Greeting = z.object({ name: z.string(), head: z.number().int() });
