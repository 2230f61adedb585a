import { z } from 'zod';
import { soft, Ts, text, texts, things, ts } from './soft.ts';

/** https://docs.slack.dev/apis/events-api: the envelope's body, and the events this channel listens to. */
export const Body = z.object({
  event_id: text,
  event: z.looseObject({ type: z.string() }),
  /** For whom of those who installed the app it is told; one of them, where it concerns several. */
  authorizations: soft(z.array(z.object({ user_id: text }))),
});
const ChannelId = z.string().min(1);
export const MessageEvent = z.looseObject({
  type: z.literal('message'),
  channel: ChannelId,
  subtype: text,
  ts,
  event_ts: ts,
});
export const Changed = z.object({
  channel: ChannelId,
  ts,
  message: z.unknown().optional(),
  previous_message: soft(z.object({ text, blocks: things, edited: soft(z.object({ ts: Ts })) })),
});
export type Changed = z.infer<typeof Changed>;
export const Deleted = z.object({
  channel: ChannelId,
  ts,
  deleted_ts: Ts,
  previous_message: soft(z.object({ thread_ts: ts })),
});
export const Reacted = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: z.string().min(1),
  reaction: z.string().min(1),
  item: z.object({ type: z.literal('message'), channel: ChannelId, ts: Ts }),
  event_ts: ts,
});
/** https://docs.slack.dev/reference/events/pin_added: what is pinned looks as in pins.list. */
export const Pinned = z.object({
  type: z.enum(['pin_added', 'pin_removed']),
  channel_id: ChannelId,
  item: z.object({ type: z.literal('message'), message: z.object({ ts: Ts }) }),
  event_ts: ts,
});
/** Events about a conversation name it by id, or bring it along. */
export const AboutChannel = z.object({
  type: z.string(),
  channel: z.union([ChannelId, z.looseObject({ id: ChannelId, name: text })]),
  user: soft(z.string()),
  event_ts: ts,
});
export const AboutUser = z.object({ user: z.unknown().optional() });
export const Revoked = z.object({ tokens: soft(z.object({ oauth: texts })) });
/** https://docs.slack.dev/reference/events/dnd_updated_user; times are Unix seconds, and in the past where there are none. */
export const Quiet = z.object({
  dnd_enabled: z.boolean(),
  next_dnd_start_ts: z.number(),
  next_dnd_end_ts: z.number(),
});
export type Quiet = z.infer<typeof Quiet>;
export const QuietChanged = z.object({ user: z.string().min(1), dnd_status: Quiet });
