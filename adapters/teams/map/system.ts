import { z } from 'zod';
import type { Part } from '../../../src-shared/model/index.ts';
import { userKey } from '../ids.ts';
import { type Message, Who } from '../wire.ts';

const text = z.string().optional().catch(undefined);
const who = Who.optional().catch(undefined);
const members = z
  .array(z.object({ id: z.string(), displayName: z.string().nullish() }).catch({ id: '' }))
  .optional()
  .catch(undefined);
/** https://learn.microsoft.com/en-us/graph/system-messages: the fields of all kinds that are looked at. */
const Detail = z.object({
  '@odata.type': text,
  initiator: who,
  members,
  callDuration: text,
  callEventType: text,
  callParticipants: z
    .array(z.object({ participant: who }).catch({ participant: undefined }))
    .optional()
    .catch(undefined),
  callRecordingUrl: text,
  callRecordingDisplayName: text,
  callRecordingStatus: text,
  chatDisplayName: text,
  channelDisplayName: text,
  channelDescription: text,
  teamDisplayName: text,
  teamDescription: text,
  teamsAppDisplayName: text,
  tabName: text,
});
type Detail = z.infer<typeof Detail>;

export interface Telling {
  /** The account's own person. */
  readonly me: string;
  /** Somebody's name by key, where it is known. */
  name(key: string): string | undefined;
}

/** ISO 8601 as Graph writes it; ms, undefined where it is something else. */
export function durationMs(written: string | undefined): number | undefined {
  const found = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(written ?? '');
  if (!found || written === 'PT') return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = found;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}

const idOf = (one: Detail['initiator']): string | undefined => one?.user?.id;
function nameOf(one: Detail['initiator'], telling: Telling): string {
  const identity = one?.user ?? one?.application;
  if (!identity) return 'Somebody';
  const known = telling.name(userKey(identity.id)) ?? identity.displayName?.trim();
  return userKey(identity.id) === telling.me ? 'You' : known || 'Somebody';
}
const namesOf = ({ members: all = [] }: Detail, telling: Telling): string =>
  all
    .filter(({ id }) => id !== '')
    .map(({ id, displayName }) => nameOf({ user: { id, displayName: displayName ?? undefined } }, telling))
    .join(', ') || 'somebody';
const quoted = (words: string | undefined): string => (words ? `“${words}”` : 'nothing');

/** Our word for what happened, and a sentence. What is not here is told by its own name. */
const happenings: Readonly<Record<string, readonly [string, (detail: Detail, telling: Telling) => string]>> = {
  callStarted: [
    'call-started',
    (d, t) => `${nameOf(d.initiator, t)} started a ${d.callEventType === 'meeting' ? 'meeting' : 'call'}.`,
  ],
  callRecording: [
    'recording',
    (d) => `Recording${d.callRecordingDisplayName ? `: ${d.callRecordingDisplayName}` : '.'}`,
  ],
  callTranscript: ['transcript', () => 'A transcript was made.'],
  chatRenamed: ['renamed', (d, t) => `${nameOf(d.initiator, t)} named the chat ${quoted(d.chatDisplayName)}.`],
  channelRenamed: ['renamed', (d, t) => `${nameOf(d.initiator, t)} named the channel ${quoted(d.channelDisplayName)}.`],
  teamRenamed: ['renamed', (d, t) => `${nameOf(d.initiator, t)} named the team ${quoted(d.teamDisplayName)}.`],
  channelAdded: [
    'channel-added',
    (d, t) => `${nameOf(d.initiator, t)} added the channel ${quoted(d.channelDisplayName)}.`,
  ],
  channelDeleted: [
    'channel-removed',
    (d, t) => `${nameOf(d.initiator, t)} deleted the channel ${quoted(d.channelDisplayName)}.`,
  ],
  channelDescriptionUpdated: [
    'topic-changed',
    (d, t) => `${nameOf(d.initiator, t)} described the channel: ${quoted(d.channelDescription)}.`,
  ],
  teamDescriptionUpdated: [
    'topic-changed',
    (d, t) => `${nameOf(d.initiator, t)} described the team: ${quoted(d.teamDescription)}.`,
  ],
  membersAdded: ['member-joined', (d, t) => `${nameOf(d.initiator, t)} added ${namesOf(d, t)}.`],
  membersJoined: ['member-joined', (d, t) => `${namesOf(d, t)} joined.`],
  membersDeleted: ['member-left', (d, t) => `${nameOf(d.initiator, t)} removed ${namesOf(d, t)}.`],
  membersLeft: ['member-left', (d, t) => `${namesOf(d, t)} left.`],
  messagePinned: ['pinned', (d, t) => `${nameOf(d.initiator, t)} pinned a message.`],
  messageUnpinned: ['unpinned', (d, t) => `${nameOf(d.initiator, t)} unpinned a message.`],
  teamsAppInstalled: ['app-added', (d, t) => `${nameOf(d.initiator, t)} added ${d.teamsAppDisplayName ?? 'an app'}.`],
  teamsAppRemoved: ['app-removed', (d, t) => `${nameOf(d.initiator, t)} removed ${d.teamsAppDisplayName ?? 'an app'}.`],
  teamCreated: ['created', (d, t) => `${nameOf(d.initiator, t)} created the team.`],
  teamArchived: ['archived', (d, t) => `${nameOf(d.initiator, t)} archived the team.`],
  teamUnarchived: ['unarchived', (d, t) => `${nameOf(d.initiator, t)} brought the team back.`],
  tabUpdated: ['tab-changed', (d, t) => `${nameOf(d.initiator, t)} changed the tab ${quoted(d.tabName)}.`],
};

/** A kind nobody has a word for: `conversationMemberRoleUpdated` becomes "conversation member role updated". */
const spoken = (kind: string): string => kind.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

/** What happened, as a row of its own; undefined for a message somebody wrote. */
export function systemParts({ eventDetail, messageType }: Message, telling: Telling): readonly Part[] | undefined {
  const detail = Detail.safeParse(eventDetail).data;
  if (!detail)
    return messageType === 'systemEventMessage'
      ? [{ kind: 'system', event: 'event', text: 'Something happened here.' }]
      : undefined;
  const kind = /^#?microsoft\.graph\.(\w+)EventMessageDetail$/.exec(detail['@odata.type'] ?? '')?.[1] ?? '';
  if (kind === 'callEnded') return [callPart(detail, telling)];
  const known = Object.hasOwn(happenings, kind) ? happenings[kind] : undefined;
  const told: Part = known
    ? { kind: 'system', event: known[0], text: known[1](detail, telling) }
    : {
        kind: 'system',
        event: kind === '' ? 'event' : kind.slice(0, 100),
        text: kind === '' ? 'Something happened here.' : spoken(kind).slice(0, 200),
      };
  const url = detail.callRecordingUrl;
  return url && /^https:\/\//.test(url)
    ? [told, { kind: 'link-preview', url, title: detail.callRecordingDisplayName ?? 'Recording' }]
    : [told];
}

function callPart(detail: Detail, { me }: Telling): Part {
  const took = (detail.callParticipants ?? []).some(({ participant }) => {
    const id = idOf(participant);
    return id !== undefined && userKey(id) === me;
  });
  const initiator = idOf(detail.initiator);
  const mine = initiator !== undefined && userKey(initiator) === me;
  const lasted = durationMs(detail.callDuration);
  return {
    kind: 'call',
    direction: mine ? 'outgoing' : 'incoming',
    media: 'audio',
    outcome: took || mine ? 'answered' : 'missed',
    ...(lasted !== undefined && lasted > 0 && { durationMs: lasted }),
  };
}
