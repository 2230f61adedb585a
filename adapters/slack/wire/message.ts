import { z } from 'zod';
import { flag, number, soft, Ts, text, texts, things, ts } from './soft.ts';

/** https://docs.slack.dev/reference/events/message; only `ts` is on every message. */
export const Message = z.object({
  ts: Ts,
  type: text,
  subtype: text,
  user: text,
  bot_id: text,
  username: text,
  bot_profile: soft(z.object({ name: text })),
  text,
  thread_ts: ts,
  parent_user_id: text,
  reply_count: number,
  latest_reply: ts,
  edited: soft(z.object({ user: text, ts: Ts })),
  blocks: things,
  attachments: things,
  files: things,
  reactions: things,
  metadata: soft(
    z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()).optional().catch(undefined) }),
  ),
  room: soft(
    z.object({
      id: text,
      call_family: text,
      created_by: text,
      date_start: number,
      date_end: number,
      has_ended: flag,
      was_missed: flag,
      was_rejected: flag,
      participant_history: texts,
      participants: texts,
    }),
  ),
  name: text,
  topic: text,
  purpose: text,
  inviter: text,
  pinned_to: texts,
});
export type Message = z.infer<typeof Message>;

export const Reaction = z.object({ name: z.string().min(1).max(200), users: z.array(z.string()), count: number });
export type Reaction = z.infer<typeof Reaction>;

/** https://docs.slack.dev/reference/objects/file-object */
export const File = z.object({
  id: z.string().min(1),
  name: text,
  title: text,
  mimetype: text,
  size: number,
  mode: text,
  subtype: text,
  is_external: flag,
  external_url: text,
  url_private: text,
  url_private_download: text,
  permalink: text,
  original_w: number,
  original_h: number,
  duration_ms: number,
  audio_wave_samples: soft(z.array(z.number())),
  transcription: soft(z.object({ preview: soft(z.object({ content: text })) })),
  preview: text,
});
export type File = z.infer<typeof File>;

/** https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments, and previews of links. */
export const Attachment = z.object({
  fallback: text,
  pretext: text,
  title: text,
  title_link: text,
  text,
  from_url: text,
  original_url: text,
  service_name: text,
  author_name: text,
  author_id: text,
  channel_id: text,
  ts: soft(z.union([z.string(), z.number()])),
  is_msg_unfurl: flag,
  is_share: flag,
  image_url: text,
  thumb_url: text,
  footer: text,
  fields: soft(z.array(z.object({ title: text, value: text }))),
  actions: soft(z.array(z.object({ id: soft(z.union([z.string(), z.number()])), text, url: text }))),
  blocks: things,
  message_blocks: things,
  files: things,
});
export type Attachment = z.infer<typeof Attachment>;
