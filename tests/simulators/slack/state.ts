/** The objects of a workspace, in Slack's own words (https://docs.slack.dev/reference/objects). */
export interface SlackUser {
  readonly id: string;
  team_id: string;
  name: string;
  real_name: string;
  deleted: boolean;
  is_bot: boolean;
  updated: number;
  profile: { real_name: string; display_name: string; email?: string; phone?: string; image_192?: string };
}
export interface SlackChannel {
  readonly id: string;
  kind: 'public' | 'private' | 'mpim' | 'im';
  name: string;
  topic: string;
  purpose: string;
  archived: boolean;
  /** A direct conversation the person has put out of sight. */
  hidden?: boolean;
  /** With the account's own person. */
  members: string[];
  created: number;
  /** How far the account's own person has read. */
  lastRead: string;
}
export interface SlackMessage {
  type: 'message';
  ts: string;
  user?: string;
  text?: string;
  subtype?: string;
  thread_ts?: string;
  edited?: { user: string; ts: string };
  reactions?: { name: string; users: string[]; count: number }[];
  files?: Record<string, unknown>[];
  metadata?: unknown;
  [more: string]: unknown;
}
export interface SlackFile {
  readonly id: string;
  name: string;
  title: string;
  bytes: Uint8Array | undefined;
  mimetype: string;
  user: string;
  /** Shown to somebody: before that it is nobody's. */
  completed: boolean;
  shares: { channel: string; ts: string }[];
}
/** How Slack refuses: a word, with the fields that go with it. */
export class Refused extends Error {
  readonly more: Readonly<Record<string, unknown>>;
  constructor(error: string, more: Readonly<Record<string, unknown>> = {}) {
    super(error);
    this.more = more;
  }
}
