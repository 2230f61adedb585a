import type { SessionContext, SessionOf } from '../../src-shared/channel.ts';
import { type Graph, stateAfter } from '../_kit/graph/index.ts';
import { pace, polling } from '../_kit/polling/index.ts';
import { openBlob, openPicture } from './blobs.ts';
import type { features } from './features.ts';
import { userKey } from './ids.ts';
import { operations } from './operations.ts';
import { digestOfSeen } from './send/digest.ts';
import { Offered } from './send/offered.ts';
import { outgoing } from './send/send.ts';
import { backfillPage } from './sync/backfill.ts';
import { Directory } from './sync/directory.ts';
import { followTeams } from './sync/live.ts';
import { OwnEmojiMet } from './sync/own-emoji.ts';
import { Places } from './sync/places.ts';
import { openTeams, readConfig } from './teams.ts';
import type { Working } from './working.ts';

/**
 * A look asks for a page of chats, for four of them, and for a few channels. Microsoft's terms want no more asking than is
 * needed (https://learn.microsoft.com/en-us/graph/api/resources/teams-api-overview, "Polling requirements"): rarer the
 * longer nothing happens, and seldom while no conversation is in front of the person.
 */
const looking = { leastMs: 5000, watchedMs: 10_000, mostMs: 60_000 };
/** Whoever opens one conversation after the other has them looked into no more often than this, ms. */
const glanceMs = 2000;

export function openSession(outer: SessionContext): SessionOf<typeof features> {
  const looks = pace(outer.clock, looking);
  // Whatever is still under way when the session ends has no effect any more.
  const session = polling(outer, looks);
  const { context } = session;
  let opened: Graph | undefined;
  const working: Working = {
    context,
    get graph() {
      opened ??= openTeams(outer, outer.account, session.over);
      return opened;
    },
    get config() {
      return readConfig(outer.account.config);
    },
    me: userKey(outer.account.key),
    directory: new Directory(),
    places: new Places(context),
    ownEmoji: new OwnEmojiMet(context),
    offered: new Offered(digestOfSeen),
    lookAround: looks.ring,
    over: session.over,
  };
  const live = followTeams(working);
  const out = outgoing(working, outer.clock.now());

  return {
    connect: session.follow({
      opening: 'Opening your chats',
      reading: 'Reading Teams',
      stateAfter,
      arrive: live.arrive,
      look: live.look,
    }),
    async disconnect() {
      await Promise.all([session.end(), opened?.settled()]);
    },
    standing: () => ({
      // Allowances that are whole are no news: there is one for each conversation.
      allowances: (opened?.budget() ?? [])
        .filter(({ left, limit, of }) => of === undefined || left < limit)
        .map(({ of, ...rest }) => (of === undefined ? rest : { ...rest, of: live.nameOf(of) ?? 'a conversation' })),
      ...(looks.nextAt === undefined ? {} : { nextLookAt: looks.nextAt }),
    }),
    focus(conversation) {
      live.focus(conversation);
      looks.watched(conversation !== undefined);
      if (conversation !== undefined) looks.glance(glanceMs);
    },
    send: out.send,
    reconcile: out.reconcile,
    openBlob: (source, signal) => openBlob(working, source, signal),
    openPicture: (of, signal) => openPicture(working, of, signal),
    backfill: { fetch: (query) => backfillPage(working, query, live.readUpTo) },
    ...operations(working, live),
  };
}
