import type { ChannelEvent, ConversationPatch } from '../../../src-shared/model/index.ts';
import { conversationKey, type Many, manyKey, type Place, photoRef, userKey } from '../ids.ts';
import type { Chat, Member, Person, Team, TeamChannel } from '../wire.ts';

/** Somebody met in a chat or a channel. `me` is not told: the account itself says who that is. */
export function memberEvents(members: readonly Member[], me: string, at: number): readonly ChannelEvent[] {
  return members
    .filter(({ userId }) => userKey(userId) !== me)
    .flatMap(({ userId, displayName, email }) => {
      const patch = {
        ...(displayName?.trim() && { name: displayName.trim().slice(0, 1024) }),
        ...(email && { addresses: [`mailto:${email.toLowerCase()}`] }),
        avatar: photoRef,
      };
      return [{ type: 'user' as const, key: userKey(userId), patch, at }];
    });
}

const others = (members: readonly Member[], me: string) =>
  [...new Set(members.map(({ userId }) => userKey(userId)))].filter((key) => key !== me);

export function chatPatch({ chatType, topic, members }: Chat, me: string): ConversationPatch {
  const direct = chatType === 'oneOnOne';
  const rest = members && others(members, me);
  return {
    kind: direct ? 'direct' : 'group',
    // People are called by their names; only groups and meetings have one of their own.
    ...(!direct && topic && { title: topic.slice(0, 10_000) }),
    ...(direct && rest?.length === 0 && { title: 'Notes to yourself' }),
    ...(chatType === 'meeting' && { parent: 'Meeting' }),
    ...(rest && { members: rest }),
    // A chat has no threads: an answer quotes what it answers.
    limits: { thread: 'dropped', ...(!direct && { callsMany: [callTo('chat', 'Everyone')] }) },
  };
}

/** https://learn.microsoft.com/en-us/graph/api/resources/teamworkconversationidentity: called by their own names. */
const callTo = (many: Many, name: string) => ({
  key: manyKey(many),
  name: name.slice(0, 256),
  reaches: 'everyone' as const,
});

export function channelPatch(channel: TeamChannel, team: Team): ConversationPatch {
  const archived = channel.isArchived === true || team.isArchived === true;
  return {
    kind: 'channel',
    title: (channel.displayName || 'Channel').slice(0, 10_000),
    ...(channel.description && { topic: channel.description }),
    ...(team.displayName && { parent: team.displayName.slice(0, 1024) }),
    avatar: photoRef,
    limits: archived
      ? { readOnly: 'This channel is archived.' }
      : {
          callsMany: [callTo('channel', channel.displayName || 'channel'), callTo('team', team.displayName || 'team')],
        },
  };
}

export const conversationEvent = (place: Place, patch: ConversationPatch, at: number): ChannelEvent => ({
  type: 'conversation',
  key: conversationKey(place),
  patch,
  at,
});
export const membersPatch = (members: readonly Member[], me: string): ConversationPatch => ({
  members: others(members, me),
});

/** https://learn.microsoft.com/en-us/graph/api/resources/persontype: people of the organisation, whom one can write to. */
export function personEvents(person: Person, me: string, at: number): readonly ChannelEvent[] {
  const { id, displayName, scoredEmailAddresses = [], phones = [], personType } = person;
  const key = userKey(id);
  if (key === me || personType?.class !== 'Person' || personType.subclass !== 'OrganizationUser') return [];
  const tel = phones
    .map(({ number }) => number.replace(/[\s().-]/g, ''))
    .filter((number) => /^\+\d{6,15}$/.test(number))
    .map((number) => `tel:${number}`);
  const addresses = [...scoredEmailAddresses.map(({ address }) => `mailto:${address.toLowerCase()}`), ...tel].slice(
    0,
    100,
  );
  const patch = {
    ...(displayName && { name: displayName.slice(0, 1024) }),
    ...(addresses.length > 0 && { addresses }),
    avatar: photoRef,
  };
  return [{ type: 'user', key, patch, at }];
}
