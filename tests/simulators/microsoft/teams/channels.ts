import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Call, me, type Route, route } from '../../_base/index.ts';
import { answered, problem } from '../mail.ts';
import { Refused } from '../mailbox.ts';
import { bytesOf } from './chats.ts';
import { NewMessage, originOf, paged, Reacting, Top, tellsSystem, toPost } from './http.ts';
import { memberAsTold, messageAsTold } from './told.ts';
import { idOf, type Stored, type TeamsWorld } from './world.ts';

const root = '/v1.0';
const channel = `${root}/teams/:team/channels/:channel`;
const nothing = z.strictObject({});
const page = z.strictObject({ $top: Top.optional(), $skiptoken: z.string().optional() });
/** https://learn.microsoft.com/en-us/graph/api/channel-list-messages: answers that come along with each first message. */
const answersAlong = 1000;

/** What a token of the delta stands for. Nobody outside can read one. */
interface Round {
  readonly channel: string;
  readonly upTo: number;
  readonly ids: readonly string[];
  readonly size: number;
}

/** Tokens of the deltas of channels. */
export class ChannelDeltas {
  readonly #tokens = new Map<string, Round>();
  #serial = 0;
  /** Every token handed out so far is worth nothing any more. */
  forget(): void {
    this.#tokens.clear();
  }
  hold(round: Round): string {
    this.#serial++;
    const token = createHash('sha256').update(`teams-delta${this.#serial}`).digest('base64url');
    this.#tokens.set(token, round);
    return token;
  }
  take(token: string): Round {
    const round = this.#tokens.get(token);
    if (!round) throw new Refused(410, 'SyncStateNotFound', 'The sync state generation is not found.');
    return round;
  }
}

/** Teams and their channels. `allowed`: whether the token of a call may read what is said in channels. */
export function channelRoutes(
  world: TeamsWorld,
  deltas: ChannelDeltas,
  allowed: (call: Pick<Call, 'headers'>) => boolean,
): readonly Route[] {
  const within = (call: Pick<Call, 'params'>) => world.channel(call.params.team ?? '', call.params.channel ?? '');
  const told = (call: Pick<Call, 'headers' | 'params'>, message: Stored) =>
    messageAsTold(message, within(call), originOf(call), tellsSystem(call));
  const messageIn = (call: Pick<Call, 'params'>) =>
    world.message(
      within(call).id,
      call.params.reply ?? call.params.message ?? '',
      call.params.reply === undefined ? undefined : call.params.message,
    );
  /** Refused to who has no administrator's consent, in Graph's words. */
  const reading = (call: Pick<Call, 'headers'>, work: () => unknown) =>
    allowed(call)
      ? answered(work)
      : problem(
          403,
          'Forbidden',
          "Missing scope permissions on the request. API requires one of 'ChannelMessage.Read.All'.",
        );
  const threads = (id: string) => {
    const active = (one: Stored) => Math.max(one.modifiedAt, ...world.within(id, one.id).map(({ at }) => at));
    return world.within(id).toSorted((a, b) => active(b) - active(a));
  };
  const answers = (id: string, first: string) => world.within(id, first).toSorted((a, b) => b.at - a.at);
  const actions = (path: `/${string}`) => [
    route(`GET ${path}`, { query: nothing, answer: (call) => reading(call, () => told(call, messageIn(call))) }),
    route(`PATCH ${path}`, {
      query: nothing,
      body: NewMessage,
      answer: (call) => answered(() => world.edit(messageIn(call), toPost(call.body), idOf(me))),
    }),
    ...(['setReaction', 'unsetReaction'] as const).map((action) =>
      route(`POST ${path}/${action}`, {
        query: nothing,
        body: Reacting,
        answer: (call) =>
          answered(() => world.react(messageIn(call), call.body.reactionType, idOf(me), action === 'setReaction')),
      }),
    ),
    route(`POST ${path}/softDelete`, {
      query: nothing,
      answer: (call) => answered(() => world.remove(messageIn(call), idOf(me))),
    }),
    route(`GET ${path}/hostedContents/:hosted/$value`, {
      query: nothing,
      answer: (call) => bytesOf(() => messageIn(call), call.params.hosted ?? ''),
    }),
  ];

  return [
    route(`GET ${root}/me/joinedTeams`, {
      query: nothing,
      answer: () => ({
        json: {
          value: world.teams.map(({ id, name }) => ({ id, displayName: name, description: null, isArchived: false })),
        },
      }),
    }),
    route(`GET ${root}/teams/:team/channels`, {
      query: nothing,
      answer: ({ params }) => ({
        json: {
          value: world.channels
            .filter(({ team }) => team === params.team)
            .map(({ id, name }) => ({
              id,
              displayName: name,
              description: null,
              membershipType: 'standard',
              isArchived: false,
            })),
        },
      }),
    }),
    route(`GET ${channel}/members`, {
      query: z.strictObject({ $top: z.string().optional() }),
      answer: (call) => answered(() => ({ value: within(call).members.map(memberAsTold) })),
    }),
    route(`GET ${channel}/filesFolder`, {
      query: nothing,
      answer: (call) =>
        answered(() => ({
          id: `folder-${within(call).name}`,
          name: within(call).name,
          parentReference: { driveId: 'team-drive' },
        })),
    }),
    // Before the routes in which `delta` would be a message.
    route(`GET ${channel}/messages/delta`, {
      query: z.strictObject({
        $top: Top.optional(),
        $filter: z.string().optional(),
        $deltatoken: z.string().optional(),
        $skiptoken: z.string().optional(),
      }),
      answer: (call) =>
        reading(call, () => {
          const { $deltatoken, $skiptoken, $filter, $top = 20 } = call.query;
          const { id } = within(call);
          const token = $deltatoken ?? $skiptoken;
          let round: Round;
          if (token === undefined) {
            const after = /^lastModifiedDateTime gt (\S+)$/.exec(
              $filter ?? 'lastModifiedDateTime gt 1970-01-01T00:00:00Z',
            )?.[1];
            if (after === undefined) throw new Refused(400, 'BadRequest', 'Invalid filter clause.');
            const ids = threads(id)
              .filter(({ modifiedAt }) => modifiedAt > Date.parse(after))
              .map((one) => one.id);
            round = { channel: id, upTo: world.seq, ids, size: $top };
          } else {
            const before = deltas.take(token);
            const changed = world
              .changesSince(before.upTo)
              .filter((one) => one.channel === id)
              .map((one) => one.id);
            round = $skiptoken === undefined ? { ...before, upTo: world.seq, ids: [...new Set(changed)] } : before;
          }
          const now = round.ids.slice(0, round.size);
          const rest = round.ids.slice(round.size);
          const next = deltas.hold({ ...round, ids: rest });
          const link = `${originOf(call)}${call.url.pathname}?${rest.length > 0 ? '$skiptoken' : '$deltatoken'}=${next}`;
          return {
            value: now.map((one) => told(call, world.message(id, one))),
            [rest.length > 0 ? '@odata.nextLink' : '@odata.deltaLink']: link,
          };
        }),
    }),
    route(`GET ${channel}/messages`, {
      query: page.extend({ $expand: z.literal('replies').optional() }),
      answer: (call) =>
        reading(call, () => {
          const { id } = within(call);
          const { value, ...link } = paged(call, threads(id), call.query.$top ?? 20, (one) => one.id);
          return {
            ...link,
            value: value.map((first) => {
              const all = answers(id, first.id);
              const more = `${originOf(call)}${call.url.pathname}/${first.id}/replies?$top=50&$skiptoken=${Buffer.from(all[answersAlong - 1]?.id ?? '').toString('base64url')}`;
              return {
                ...told(call, first),
                ...(call.query.$expand === undefined
                  ? {}
                  : {
                      replies: all.slice(0, answersAlong).map((one) => told(call, one)),
                      'replies@odata.count': all.length,
                      ...(all.length > answersAlong && { 'replies@odata.nextLink': more }),
                    }),
              };
            }),
          };
        }),
    }),
    route(`POST ${channel}/messages`, {
      query: nothing,
      body: NewMessage,
      answer: (call) =>
        answered(() => told(call, world.post(within(call).id, { ...toPost(call.body), by: idOf(me) })), 201),
    }),
    route(`GET ${channel}/messages/:message/replies`, {
      query: page,
      answer: (call) =>
        reading(call, () => {
          const first = messageIn(call);
          const { value, ...link } = paged(
            call,
            answers(first.place, first.id),
            call.query.$top ?? 20,
            (one) => one.id,
          );
          return { ...link, value: value.map((one) => told(call, one)) };
        }),
    }),
    route(`POST ${channel}/messages/:message/replies`, {
      query: nothing,
      body: NewMessage,
      answer: (call) =>
        answered(() => {
          const first = messageIn(call);
          return told(call, world.post(first.place, { ...toPost(call.body), by: idOf(me), root: first.id }));
        }, 201),
    }),
    ...actions(`${channel}/messages/:message/replies/:reply`),
    ...actions(`${channel}/messages/:message`),
  ];
}
