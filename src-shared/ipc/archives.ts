/** Archives read in and written out. */
import { z } from 'zod';
import { AccountId, ConversationId, ImportId, type MessageId } from '../model/index.ts';
import { call, none } from './call.ts';

/** An archive that is being read in, or was. */
export interface ImportView {
  readonly id: ImportId;
  readonly path: string;
  readonly account: AccountId;
  readonly state: 'running' | 'paused' | 'done' | 'cancelled' | 'failed';
  /** Read so far; of these `added` were not here before. */
  readonly messages: number;
  readonly added: number;
  /** Of `total`, bytes. */
  readonly done: number;
  readonly total: number;
  /** Messages a second over the last few seconds. */
  readonly rate: number;
  readonly secondsLeft: number | null;
  /** The first of those that could not be read, by their place in the archive. */
  readonly damaged: readonly { readonly number: number; readonly reason: string }[];
  readonly damagedCount: number;
  readonly error: string | null;
}

export const archiveCalls = {
  'import.start': call(z.object({ path: z.string().min(1).max(4096), label: z.string().max(200).optional() })).returns<{
    import: ImportId;
  }>(),
  'import.list': call(none).returns<readonly ImportView[]>(),
  /** What was read stays. */
  'import.cancel': call(z.object({ import: ImportId })).returns<null>(),
  'import.resume': call(z.object({ import: ImportId })).returns<null>(),
  /** Writes a new file; resolves when all is written. Refused with `cannot-write` where it cannot be. */
  'export.start': call(
    z.object({
      path: z.string().min(1).max(4096),
      format: z.enum(['mbox', 'jsonl']),
      account: AccountId.optional(),
      conversation: ConversationId.optional(),
    }),
  ).returns<{ messages: number; skipped: readonly { message: MessageId; reason: string }[] }>(),
};
