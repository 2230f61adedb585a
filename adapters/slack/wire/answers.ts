import { z } from 'zod';
import { File } from './message.ts';
import { Conversation, User } from './setting.ts';
import { flag, number, soft, Ts, text, things, ts } from './soft.ts';

/** What the Web API answers; `ok` and errors are the client's business (web.ts). https://docs.slack.dev/reference/methods */
const paged = { response_metadata: soft(z.object({ next_cursor: text })) };

export const Nothing = z.object({});
export const AuthTest = z.object({
  url: text,
  team: text,
  user: text,
  team_id: z.string().min(1),
  user_id: z.string().min(1),
  bot_id: text,
});
export const Messages = z.object({ messages: z.array(z.unknown()), has_more: flag, ...paged });
export const Conversations = z.object({ channels: z.array(z.unknown()), ...paged });
export const ConversationInfo = z.object({ channel: Conversation });
export const ConversationOpened = z.object({ channel: z.object({ id: z.string().min(1) }) });
export const Members = z.object({ members: z.array(z.string()), ...paged });
export const Users = z.object({ members: z.array(z.unknown()), ...paged });
export const UserInfo = z.object({ user: User });
export const ReactionsOf = z.object({ message: soft(z.object({ reactions: things })) });
export const Presence = z.object({ presence: text });
export const Posted = z.object({ channel: z.string().min(1), ts: Ts, message: z.unknown().optional() });
export const Updated = z.object({ channel: z.string().min(1), ts: Ts, text, message: z.unknown().optional() });
export const Emoji = z.object({ emoji: z.record(z.string(), z.unknown()) });
export const UploadUrl = z.object({ upload_url: z.string().min(1), file_id: z.string().min(1) });
const Share = z.record(z.string(), z.array(z.object({ ts, thread_ts: ts })));
export const FileInfo = z.object({
  file: File.extend({ shares: soft(z.object({ public: soft(Share), private: soft(Share) })) }),
});
export type FileInfo = z.infer<typeof FileInfo>;
export const Found = z.object({
  messages: z.object({
    total: number,
    matches: z.array(z.unknown()),
    paging: soft(z.object({ page: number, pages: number })),
  }),
});
export const FoundMessage = z.object({
  ts: Ts,
  channel: z.object({ id: z.string().min(1) }),
  permalink: text,
});
