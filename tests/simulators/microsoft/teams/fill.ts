import { Buffer } from 'node:buffer';
import { me, type Talk } from '../../_base/index.ts';
import type { Drive } from './drive.ts';
import { idOf, type Stored, type TeamsWorld, who } from './world.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Puts the talks of the cast into chats of every kind and into channels, oldest first. */
export function fillTeams(world: TeamsWorld, drive: Drive, talks: readonly Talk[], until: number): void {
  const team = world.addTeam('Northwind');
  const places = new Map<string, { readonly id: string; readonly channel: boolean }>();
  for (const [index, talk] of talks.entries()) {
    const others = talk.members.map(idOf);
    const begun = (talk.said[0]?.at ?? until) - 60_000;
    if (index % 4 === 2) places.set(talk.id, { id: world.addChannel(team.id, talk.title, others).id, channel: true });
    else if (talk.members.length === 1)
      places.set(talk.id, { id: world.addChat('oneOnOne', others, null, begun).id, channel: false });
    else {
      const meeting = index % 4 === 3;
      const chat = world.addChat(meeting ? 'meeting' : 'group', others, talk.title, begun);
      places.set(talk.id, { id: chat.id, channel: false });
      world.post(chat.id, {
        at: begun,
        html: '<systemEventMessage/>',
        eventDetail: {
          '@odata.type': '#microsoft.graph.membersAddedEventMessageDetail',
          visibleHistoryStartDateTime: '0001-01-01T00:00:00Z',
          members: others.map((id) => ({ id, displayName: null, userIdentityType: 'aadUser' })),
          initiator: who(idOf(me), false),
        },
      });
    }
  }
  const all = talks
    .flatMap((talk) => talk.said.map((said, index) => ({ talk, said, index })))
    .toSorted((a, b) => a.said.at - b.said.at);
  const posted = new Map<string, Stored>();
  for (const { talk, said, index } of all) {
    const place = places.get(talk.id);
    if (!place) continue;
    const answered = said.answers === undefined ? undefined : posted.get(said.answers);
    const html =
      index % 3 === 0 ? `<p>${escaped(said.text)}</p>` : `<p><strong>Note:</strong> ${escaped(said.text)}</p>`;
    const file =
      said.file && index % 2 === 0
        ? drive.put('Microsoft Teams Chat Files', said.file.name, Buffer.from(said.file.bytes))
        : undefined;
    const picture = said.file && !file ? said.file : undefined;
    const quoted =
      answered && !place.channel
        ? [
            {
              id: answered.id,
              contentType: 'messageReference',
              content: JSON.stringify({ messageId: answered.id, messagePreview: '', messageSender: null }),
            },
          ]
        : [];
    const message = world.post(place.id, {
      by: idOf(said.by),
      at: said.at,
      html: `${quoted.map(({ id }) => `<attachment id="${id}"></attachment>`).join('')}${html}${picture ? `<p><img src="../hostedContents/${said.id}/$value" width="20"></p>` : ''}${file ? `<attachment id="${file.guid}"></attachment>` : ''}`,
      root: place.channel ? (answered?.root ?? answered?.id) : undefined,
      attachments: [
        ...quoted,
        ...(file ? [{ id: file.guid, contentType: 'reference', contentUrl: file.url, name: file.name }] : []),
      ],
      ...(picture && { hosted: new Map([[said.id, { bytes: Buffer.from(picture.bytes), type: picture.type }]]) }),
    });
    posted.set(said.id, message);
    if (said.reaction)
      message.reactions.push({ type: said.reaction.emoji, by: idOf(said.reaction.by), at: said.at + 1000 });
  }
  for (const chat of world.chats.filter(({ type }) => type === 'meeting')) {
    const last = Math.max(chat.createdAt, ...world.within(chat.id).map(({ at }) => at));
    world.post(chat.id, {
      at: last + 500,
      html: '<systemEventMessage/>',
      eventDetail: {
        '@odata.type': '#microsoft.graph.callEndedEventMessageDetail',
        callId: 'call',
        callDuration: 'PT25M59S',
        callEventType: 'meeting',
        callParticipants: chat.members.map((id) => ({ participant: who(id) })),
        initiator: who(chat.members[1] ?? idOf(me), false),
      },
    });
  }
  for (const chat of world.chats) {
    const times = world.within(chat.id).map(({ at }) => at);
    chat.readAt = Math.max(0, ...times) - (chat.type === 'group' ? 30 * 60_000 : 0);
  }
  for (const { members } of world.chats)
    for (const id of members) if (id !== idOf(me)) world.setPresence(id, 'Available');
}
