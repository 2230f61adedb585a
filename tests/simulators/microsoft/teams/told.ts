import { type Channel, type Chat, personOf, type Stored, type TeamsWorld, tenant, who } from './world.ts';

export const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | undefined): string | null => (at === undefined ? null : iso(at));

/** https://learn.microsoft.com/en-us/graph/api/resources/chatmessage. `whole`: whoever asks knows about system messages. */
export function messageAsTold(
  message: Stored,
  channel: Channel | undefined,
  origin: string,
  whole: boolean,
): Readonly<Record<string, unknown>> {
  const { id, by, at, body, deletedAt, eventDetail } = message;
  const deleted = deletedAt !== undefined;
  const base = channel
    ? `${origin}/v1.0/teams/${channel.team}/channels/${channel.id}/messages/${message.root === undefined ? id : `${message.root}/replies/${id}`}`
    : `${origin}/v1.0/chats/${message.place}/messages/${id}`;
  return {
    id,
    replyToId: message.root ?? null,
    etag: String(message.modifiedAt),
    messageType: eventDetail ? (whole ? 'systemEventMessage' : 'unknownFutureValue') : 'message',
    createdDateTime: iso(at),
    lastModifiedDateTime: iso(message.modifiedAt),
    lastEditedDateTime: isoOrNull(message.editedAt),
    deletedDateTime: isoOrNull(deletedAt),
    subject: null,
    summary: null,
    chatId: channel ? null : message.place,
    importance: 'normal',
    locale: 'en-us',
    webUrl: null,
    channelIdentity: channel ? { teamId: channel.team, channelId: channel.id } : null,
    policyViolation: message.policyViolation ?? null,
    eventDetail: eventDetail ?? null,
    from: by === undefined ? null : who(by),
    body: deleted
      ? { contentType: 'html', content: '' }
      : { ...body, content: body.content.replaceAll('../hostedContents/', `${base}/hostedContents/`) },
    attachments: deleted
      ? []
      : message.attachments.map((one) => ({
          contentUrl: null,
          content: null,
          name: null,
          thumbnailUrl: null,
          teamsAppId: null,
          ...one,
        })),
    mentions: deleted ? [] : message.mentions,
    reactions: message.reactions.map(({ type, by: user, at: reactedAt, own }) => ({
      reactionType: type,
      displayName: own?.name ?? null,
      reactionContentUrl: own ? `${base}/hostedContents/${own.hosted}/$value` : null,
      createdDateTime: iso(reactedAt),
      user: who(user, false),
    })),
    messageHistory: [],
  };
}

/** https://learn.microsoft.com/en-us/graph/api/resources/aaduserconversationmember */
export const memberAsTold = (id: string) => ({
  '@odata.type': '#microsoft.graph.aadUserConversationMember',
  id: Buffer.from(`member-${id}`).toString('base64'),
  roles: ['owner'],
  displayName: personOf(id)?.name ?? null,
  visibleHistoryStartDateTime: '0001-01-01T00:00:00Z',
  userId: id,
  email: personOf(id)?.email ?? null,
  tenantId: tenant,
});

/** https://learn.microsoft.com/en-us/graph/api/chat-list, “known issue”: no more come along, however many are asked for. */
const membersAlong = 25;
/** https://learn.microsoft.com/en-us/graph/api/resources/chat */
export function chatAsTold(
  world: TeamsWorld,
  chat: Chat,
  expand: readonly string[],
): Readonly<Record<string, unknown>> {
  const last = world.within(chat.id).toSorted((a, b) => b.at - a.at)[0];
  return {
    id: chat.id,
    topic: chat.topic,
    createdDateTime: iso(chat.createdAt),
    lastUpdatedDateTime: iso(chat.createdAt),
    chatType: chat.type,
    webUrl: `https://teams.example/l/chat/${encodeURIComponent(chat.id)}/0`,
    tenantId: tenant,
    onlineMeetingInfo: null,
    viewpoint: { isHidden: false, lastMessageReadDateTime: iso(chat.readAt) },
    ...(expand.includes('members') && { members: chat.members.slice(0, membersAlong).map(memberAsTold) }),
    ...(expand.includes('lastMessagePreview') && {
      lastMessagePreview: last
        ? {
            id: last.id,
            createdDateTime: iso(last.at),
            isDeleted: last.deletedAt !== undefined,
            messageType: last.eventDetail ? 'systemEventMessage' : 'message',
            eventDetail: last.eventDetail ?? null,
            body: last.body,
            from: last.by === undefined ? null : who(last.by),
          }
        : null,
    }),
  };
}
