import { z } from 'zod';
import { cast, faceOf, type Route, route, viewOf } from '../../_base/index.ts';
import { problem } from '../mail.ts';
import { originOf, paged, tellsSystem } from './http.ts';
import { messageAsTold } from './told.ts';
import { idOf, personOf, type TeamsWorld } from './world.ts';

const noPhoto = () => problem(404, 'ImageNotFound', 'Exception of type Microsoft.Fast.Profile.Core.Exception.');

/** People, whether they are there, and Microsoft's search. */
export const teamsPeopleRoutes = (world: TeamsWorld): readonly Route[] => [
  route('GET /v1.0/me/people', {
    query: z.strictObject({
      $top: z.string().optional(),
      $skiptoken: z.string().optional(),
      $select: z.literal('id,displayName,scoredEmailAddresses,phones,personType').optional(),
    }),
    answer: (call) => {
      const { value, ...link } = paged(call, cast, 6, ({ id }) => id);
      const told = value.map((person) => ({
        id: idOf(person),
        displayName: person.name,
        scoredEmailAddresses: [{ address: person.email, relevanceScore: 8 }],
        phones: [{ type: 'business', number: person.phone }],
        personType: { class: 'Person', subclass: 'OrganizationUser' },
      }));
      return { json: { ...link, value: told } };
    },
  }),
  // https://learn.microsoft.com/en-us/graph/api/profilephoto-get: 404 for who has put up none.
  route('GET /v1.0/users/:user/photos/96x96/$value', {
    query: z.strictObject({}),
    answer: ({ params }) => {
      const person = personOf(params.user ?? '');
      if (!person || person.id === 'hana') return noPhoto();
      return { bytes: faceOf(person.id), type: 'image/png' };
    },
  }),
  route('GET /v1.0/teams/:team/photo/$value', {
    query: z.strictObject({}),
    answer: ({ params }) => {
      if (!world.teams.some(({ id }) => id === params.team)) return noPhoto();
      return { bytes: viewOf(params.team ?? ''), type: 'image/png' };
    },
  }),
  route('POST /v1.0/communications/getPresencesByUserId', {
    query: z.strictObject({}),
    body: z.strictObject({ ids: z.array(z.string()).min(1).max(650) }),
    answer: ({ body }) => ({
      json: {
        value: body.ids.map((id) => {
          const availability = world.presence(id);
          return { id, availability, activity: availability };
        }),
      },
    }),
  }),
  route('POST /v1.0/users/:user/presence/setPresence', {
    query: z.strictObject({}),
    body: z.strictObject({
      sessionId: z.string().min(1),
      availability: z.enum(['Available', 'Busy', 'Away', 'DoNotDisturb']),
      activity: z.string(),
      expirationDuration: z.string().regex(/^PT/),
    }),
    answer: ({ params, body }) => {
      world.setPresence(params.user ?? '', body.availability);
      return { status: 200 };
    },
  }),
  // https://learn.microsoft.com/en-us/graph/search-concept-chat-messages: what is found is told in part.
  route('POST /v1.0/search/query', {
    query: z.strictObject({}),
    body: z.strictObject({
      requests: z
        .array(
          z.strictObject({
            entityTypes: z.tuple([z.literal('chatMessage')]),
            query: z.strictObject({ queryString: z.string().min(1) }),
            from: z.number().int().nonnegative(),
            size: z.number().int().min(1).max(25),
          }),
        )
        .length(1),
    }),
    answer: (call) => {
      const [request] = call.body.requests;
      const { from = 0, size = 25 } = request ?? {};
      const words = (request?.query.queryString ?? '').toLowerCase();
      const found = world.messages
        .filter(({ deletedAt, body }) => deletedAt === undefined && body.content.toLowerCase().includes(words))
        .toSorted((a, b) => b.at - a.at);
      const hits = found.slice(from, from + size).map((message) => {
        const channel = world.channels.find(({ id }) => id === message.place);
        const { id, chatId, channelIdentity, replyToId, createdDateTime } = messageAsTold(
          message,
          channel,
          originOf(call),
          tellsSystem(call),
        );
        return {
          hitId: id,
          rank: 1,
          summary: words,
          resource: {
            '@odata.type': '#microsoft.graph.chatMessage',
            id,
            chatId,
            channelIdentity,
            replyToId,
            createdDateTime,
          },
        };
      });
      const container = { hits, total: found.length, moreResultsAvailable: from + size < found.length };
      return { json: { value: [{ searchTerms: [words], hitsContainers: [container] }] } };
    },
  }),
];
