import { ChannelError } from '../../../src-shared/channel.ts';
import type { ChannelEvent, UserKey } from '../../../src-shared/model/index.ts';
import { userKey } from '../ids.ts';
import { type Chat, Page, Presence } from '../wire.ts';
import type { Working } from '../working.ts';

/** How often people are asked after, ms; and how many at once (https://learn.microsoft.com/en-us/graph/api/cloudcommunications-getpresencesbyuserid: 650). */
const everyMs = 60_000;
const mostAtOnce = 650;
/** People of the chats written in last. */
const mostChats = 60;
/** What is told of somebody is true until it should have been asked again twice over, ms. */
const trueForMs = 3 * everyMs;
/** https://learn.microsoft.com/en-us/graph/api/presence-setpresence: between 5 minutes and 4 hours. */
const ownFor = 'PT1H';

type State = 'online' | 'away' | 'busy' | 'offline';
/** https://learn.microsoft.com/en-us/graph/api/resources/presence */
const states: ReadonlyMap<string, State> = new Map([
  ['Available', 'online'],
  ['AvailableIdle', 'online'],
  ['Busy', 'busy'],
  ['BusyIdle', 'busy'],
  ['DoNotDisturb', 'busy'],
  ['Away', 'away'],
  ['BeRightBack', 'away'],
  ['Offline', 'offline'],
]);

export interface Presences {
  /** Asks after the people of the chats written in last, when it is time. */
  look(chats: readonly Chat[], signal: AbortSignal): Promise<void>;
  /** The person's own, as far as this program is concerned; Teams puts it together with that of other devices. */
  set(state: 'online' | 'away', signal: AbortSignal): Promise<void>;
}

export function watchPresence(working: Working): Presences {
  const { graph, context, me, config } = working;
  let askedAt = Number.NEGATIVE_INFINITY;
  let closed = false;

  async function ask(ids: readonly UserKey[], signal: AbortSignal): Promise<readonly ChannelEvent[]> {
    const page = await graph.ask(
      Page,
      { method: 'POST', path: '/communications/getPresencesByUserId', json: { ids } },
      { signal, background: true, repeatable: true },
    );
    const until = context.clock.now() + trueForMs;
    return page.value.flatMap((raw): readonly ChannelEvent[] => {
      const read = Presence.safeParse(raw).data;
      const state = read && states.get(read.availability);
      return state === undefined ? [] : [{ type: 'presence', by: userKey(read?.id ?? ''), state, until }];
    });
  }
  return {
    async look(chats, signal) {
      const now = context.clock.now();
      if (closed || now - askedAt < everyMs) return;
      askedAt = now;
      const people = chats
        .slice(0, mostChats)
        .flatMap(({ members = [] }) => members.map(({ userId }) => userKey(userId)))
        .filter((key) => key !== me && /^[\da-f-]{36}$/.test(key));
      const ids = [...new Set(people)].slice(0, mostAtOnce);
      if (ids.length === 0) return;
      try {
        const events = await ask(ids, signal);
        if (events.length > 0) await context.emit({ events, origin: 'history' });
      } catch (error) {
        if (!(error instanceof ChannelError) || error.code === 'auth') throw error;
        // Nice to have: who may not see it does without.
        closed = error.code === 'scope' || error.code === 'forbidden';
        context.log.info('who is there is not to be had just now', { code: error.code });
      }
    },
    async set(state, signal) {
      const availability = state === 'online' ? 'Available' : 'Away';
      const json = { sessionId: config.clientId, availability, activity: availability, expirationDuration: ownFor };
      await graph.tell(
        { method: 'POST', path: `/users/${encodeURIComponent(me)}/presence/setPresence`, json },
        { signal, background: true, repeatable: true },
      );
    },
  };
}
