/** Archives read in and written out. */
import { z } from 'zod';
import { AccountId, ConversationId, ImportId, type MessageId } from '../model/index.ts';
import { call, none } from './call.ts';

export interface ImportView {
  readonly id: ImportId;
  readonly path: string;
  readonly account: AccountId;
  readonly state: 'running' | 'paused' | 'done' | 'cancelled' | 'failed';
  readonly messages: number;
  readonly added: number;
  readonly done: number;
  readonly total: number;
  /** Messages a second over the last few seconds. */
  readonly rate: number;
  readonly secondsLeft: number | null;
  readonly damaged: readonly { readonly number: number; readonly reason: string }[];
  readonly damagedCount: number;
  readonly error: string | null;
}

export const archiveCalls = {
  'import.start': call(z.object({ path: z.string().min(1).max(4096), label: z.string().max(200).optional() })).returns<{
    import: ImportId;
  }>(),
  'import.list': call(none).returns<readonly ImportView[]>(),
  'import.cancel': call(z.object({ import: ImportId })).returns<null>(),
  'import.resume': call(z.object({ import: ImportId })).returns<null>(),
  'export.start': call(
    z.object({
      path: z.string().min(1).max(4096),
      format: z.enum(['mbox', 'jsonl']),
      account: AccountId.optional(),
      conversation: ConversationId.optional(),
    }),
  ).returns<{ messages: number; skipped: readonly { message: MessageId; reason: string }[] }>(),
};
