import { z } from 'zod';
import { flag, number, soft, text, ts } from './soft.ts';

const worded = soft(z.object({ value: text }));
/** https://docs.slack.dev/reference/objects/conversation-object */
export const Conversation = z.object({
  id: z.string().min(1),
  name: text,
  user: text,
  is_im: flag,
  is_mpim: flag,
  is_private: flag,
  is_archived: flag,
  is_member: flag,
  is_read_only: flag,
  is_thread_only: flag,
  is_user_deleted: flag,
  is_open: flag,
  topic: worded,
  purpose: worded,
  last_read: ts,
  updated: number,
});
export type Conversation = z.infer<typeof Conversation>;

/** https://docs.slack.dev/reference/objects/user-object */
export const User = z.object({
  id: z.string().min(1),
  name: text,
  real_name: text,
  deleted: flag,
  is_bot: flag,
  updated: number,
  profile: soft(
    z.object({
      real_name: text,
      display_name: text,
      email: text,
      phone: text,
      image_192: text,
      image_72: text,
    }),
  ),
});
export type User = z.infer<typeof User>;
