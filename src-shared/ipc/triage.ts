/** One action over many conversations, with a way back. */
import { z } from 'zod';
import { ConversationId, LabelId, LabelRole, Time } from '../model/index.ts';
import { call } from './call.ts';
import { ListFilter } from './inbox.ts';

/** What can be done to conversations, many or one; `triage.undo` takes exactly that back. */
export const TriageAction = z.discriminatedUnion('is', [
  z.object({ is: z.literal('archive'), on: z.boolean() }),
  z.object({ is: z.literal('read'), on: z.boolean() }),
  z.object({ is: z.literal('star'), on: z.boolean() }),
  z.object({ is: z.literal('mute'), on: z.boolean() }),
  z.object({ is: z.literal('pin'), on: z.boolean() }),
  z.object({ is: z.literal('snooze'), until: Time.nullable() }),
  z.object({ is: z.literal('move'), role: LabelRole }),
  z.object({ is: z.literal('label'), add: z.array(LabelId).max(100), remove: z.array(LabelId).max(100) }),
]);
export type TriageAction = z.infer<typeof TriageAction>;

/** How an action over many conversations goes. */
export interface TriageView {
  readonly triage: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'undoing' | 'undone';
  /** Conversations. */
  readonly done: number;
  readonly total: number;
  /** What could not be done, in words, and to how many. */
  readonly problems: readonly { readonly text: string; readonly conversations: number }[];
}

export const triageCalls = {
  /**
   * An action over conversations by name, or over all that a filter lets through at this moment (less `except`). A few are
   * done when this answers; of many the first, and `triage` events tell how the rest goes.
   */
  'triage.start': call(
    z.object({
      conversations: z.array(ConversationId).max(10_000).optional(),
      matching: ListFilter.optional(),
      except: z.array(ConversationId).max(10_000).optional(),
      action: TriageAction,
    }),
  ).returns<TriageView>(),
  'triage.cancel': call(z.object({ triage: z.string() })).returns<null>(),
  /** Puts everything it touched back to what it was. Known until the hub ends, for the last hundred. */
  'triage.undo': call(z.object({ triage: z.string() })).returns<TriageView>(),
};
