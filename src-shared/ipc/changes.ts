/** What has changed since a window last looked. */
import { z } from 'zod';
import type { ConversationId } from '../model/index.ts';
import { call } from './call.ts';

/** What a change touched, so that views refetch just what they show. */
export type Topic =
  | {
      readonly on:
        | 'accounts'
        | 'labels'
        | 'counts'
        | 'settings'
        | 'outbox'
        | 'drafts'
        | 'imports'
        | 'people'
        | 'notifications';
    }
  | { readonly on: 'conversations' /** Undefined: many, or any. */; readonly ids?: readonly ConversationId[] };

export const changesCalls = {
  /** What changed since a seq; `reset` when that is too long ago to say, then fetch everything anew. */
  'app.since': call(z.object({ epoch: z.string(), seq: z.number().int() })).returns<{
    reset: boolean;
    seq: number;
    topics: readonly Topic[];
  }>(),
};
