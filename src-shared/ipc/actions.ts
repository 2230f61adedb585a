/** What is done to messages and conversations. */
import { z } from 'zod';
import { ConversationId, LabelId, LabelRole, MessageId, Time } from '../model/index.ts';
import { call } from './call.ts';

/** One action over many messages or whole conversations; optimistic, undone by its opposite. */
export const Selection = z.object({
  conversations: z.array(ConversationId).max(10_000).optional(),
  messages: z.array(MessageId).max(10_000).optional(),
});
export type Selection = z.infer<typeof Selection>;

export const actionCalls = {
  'act.flag': call(Selection.extend({ read: z.boolean().optional(), starred: z.boolean().optional() })).returns<null>(),
  /** Put away (or back). Mail moves to the archive folder; elsewhere the network's own archive, or ours. */
  'act.archive': call(Selection.extend({ on: z.boolean() })).returns<null>(),
  /** Into the folder of a role or a named label; `remove` alone takes a label off. */
  'act.move': call(
    Selection.extend({
      role: LabelRole.optional(),
      add: z.array(LabelId).optional(),
      remove: z.array(LabelId).optional(),
    }),
  ).returns<null>(),
  'act.remove': call(Selection.extend({ scope: z.enum(['me', 'everyone']) })).returns<null>(),
  'act.snooze': call(
    z.object({ conversations: z.array(ConversationId).max(10_000), until: Time.nullable() }),
  ).returns<null>(),
  'act.mute': call(z.object({ conversations: z.array(ConversationId).max(10_000), on: z.boolean() })).returns<null>(),
  'act.pin': call(z.object({ conversations: z.array(ConversationId).max(10_000), on: z.boolean() })).returns<null>(),
  /** Keeps a message at hand for everybody in the conversation, or no longer. */
  'act.pinMessage': call(z.object({ message: MessageId, on: z.boolean() })).returns<null>(),
  'act.react': call(z.object({ message: MessageId, emoji: z.string().max(256), on: z.boolean() })).returns<null>(),
  'act.edit': call(
    z.object({ message: MessageId, text: z.string().max(5_000_000), format: z.enum(['plain', 'markdown', 'html']) }),
  ).returns<null>(),
  'act.focus': call(z.object({ conversation: ConversationId.nullable() })).returns<null>(),
  /** Presses a button under a message, or answers its poll. Goes at once or not at all; `notice` is what came back in words. */
  'act.press': call(
    z.union([
      z.object({ message: MessageId, button: z.string().max(2048) }),
      z.object({ message: MessageId, options: z.array(z.string().max(2048)).max(100) }),
    ]),
  ).returns<{ readonly notice: string | null }>(),
  'act.typing': call(z.object({ conversation: ConversationId, on: z.boolean() })).returns<null>(),
};
