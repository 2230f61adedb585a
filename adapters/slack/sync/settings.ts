import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { conversationKey, type Ts } from '../ids.ts';
import { conversationEvent } from '../map/setting.ts';
import { ConversationInfo, Conversations, Members } from '../wire/answers.ts';
import { Conversation } from '../wire/setting.ts';
import type { Asked } from './history.ts';
import type { Work } from './work.ts';

const kinds = 'public_channel,private_channel,mpim,im';
const pageSize = 200;
/** In larger channels who takes part is told by who writes. */
const mostMembers = 1000;

/** Every conversation the person is in. */
export async function listConversations(work: Work, asked: Asked): Promise<readonly Conversation[]> {
  const found: Conversation[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await work.web.call(
      'users.conversations',
      { types: kinds, exclude_archived: false, limit: pageSize, ...(cursor && { cursor }) },
      { answer: Conversations, ...asked },
    );
    for (const raw of page.channels) {
      const conversation = Conversation.safeParse(raw).data;
      // The list holds only what the person is in, and does not say so of each.
      if (conversation) found.push({ ...conversation, is_member: conversation.is_member ?? true });
    }
    cursor = page.response_metadata?.next_cursor;
    if (!cursor) return found;
  }
}

export interface Described {
  readonly events: readonly ChannelEvent[];
  readonly lastRead: Ts | undefined;
  /** The person is in it. */
  readonly within: boolean;
}
/** What a conversation is, with who is in it where that is asked for, and how far the person has read. */
export async function describe(
  work: Work,
  channel: string,
  options: Asked & { readonly members: boolean },
): Promise<Described> {
  const { channel: conversation } = await work.web.call(
    'conversations.info',
    { channel },
    { answer: ConversationInfo, ...options },
  );
  const members = options.members && !conversation.is_im ? await membersOf(work, channel, options) : undefined;
  const met = await work.directory.meet(
    [...(conversation.user ? [conversation.user] : []), ...(conversation.is_mpim ? (members ?? []) : [])],
    options,
  );
  const { is_im: direct, is_mpim: group, is_member: member } = conversation;
  return {
    events: [...met, told(work, conversation, members)],
    lastRead: conversation.last_read,
    within: direct || group || member !== false,
  };
}
export function told(work: Work, conversation: Conversation, members?: readonly string[]): ChannelEvent {
  work.directory.nameChannel(conversation.id, conversation.name);
  return conversationEvent(conversation, work.web.now(), { me: work.me, members });
}

/** The person is not in it any more. */
export const leftEvent = (channel: string, at: number): ChannelEvent => ({
  type: 'conversation',
  key: conversationKey(channel),
  patch: { limits: { readOnly: 'You are not in this channel.' } },
  at,
});

async function membersOf(work: Work, channel: string, asked: Asked): Promise<readonly string[] | undefined> {
  const page = await work.web.call(
    'conversations.members',
    { channel, limit: mostMembers },
    { answer: Members, ...asked },
  );
  return page.response_metadata?.next_cursor ? undefined : page.members;
}
