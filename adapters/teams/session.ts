import { type Batch, ChannelError, type SessionContext, type SessionOf } from '../../src-shared/channel.ts';
import { type Graph, pace, stateAfter } from '../_kit/graph/index.ts';
import { openBlob } from './blobs.ts';
import type { features } from './features.ts';
import { userKey } from './ids.ts';
import { operations } from './operations.ts';
import { digestOfSeen } from './send/digest.ts';
import { Offered } from './send/offered.ts';
import { outgoing } from './send/send.ts';
import { backfillPage } from './sync/backfill.ts';
import { Directory } from './sync/directory.ts';
import { followTeams } from './sync/live.ts';
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
  const over = new AbortController();
  const ended = () => new ChannelError('over', 'not-done', 'The account is being closed.');
  const looks = pace(outer.clock, looking);
  let following: Promise<void> = Promise.resolve();
  let opened: Graph | undefined;
  let lookedAt = 0;
  // Whatever is still under way when the session ends has no effect any more.
  const context: SessionContext = {
    ...outer,
    get account() {
      return outer.account;
    },
    emit: (batch: Batch) => (over.signal.aborted ? Promise.reject(ended()) : outer.emit(batch)),
    proven: () => {
      if (!over.signal.aborted) outer.proven();
    },
  };
  const working: Working = {
    context,
    get graph() {
      opened ??= openTeams(outer, outer.account, over.signal);
      return opened;
    },
    get config() {
      return readConfig(outer.account.config);
    },
    me: userKey(outer.account.key),
    directory: new Directory(),
    places: new Places(context),
    offered: new Offered(digestOfSeen),
    lookAround: looks.ring,
    over: over.signal,
  };
  const live = followTeams(working);
  const out = outgoing(working, outer.clock.now());

  /** Until the end, or trouble that outlasts the retries of a single request: then the supervisor opens another session. */
  async function follow(settled: () => void): Promise<void> {
    const { signal } = over;
    try {
      context.state({ is: 'connecting', doing: 'Opening your chats' });
      await live.arrive(signal);
      signal.throwIfAborted();
      context.state({ is: 'online' });
      settled();
      for (;;) {
        await looks.next(signal);
        lookedAt = context.clock.now();
        if (await live.look(signal)) looks.happened();
      }
    } catch (cause) {
      if (signal.aborted) return;
      const error =
        cause instanceof ChannelError
          ? cause
          : new ChannelError('internal', 'not-done', `Reading Teams failed: ${String(cause)}`, { cause });
      context.log.info('connection ended', { code: error.code });
      context.state(stateAfter(error, context.clock.now()));
    }
  }

  return {
    async connect(signal) {
      const end = () => over.abort(ended());
      if (signal.aborted) end();
      signal.addEventListener('abort', end, { once: true });
      if (over.signal.aborted) return;
      await new Promise<void>((resolve) => {
        following = follow(resolve).finally(resolve);
      });
    },
    async disconnect() {
      over.abort(ended());
      await Promise.all([following, opened?.settled()]);
    },
    standing: () => ({
      // Allowances that are whole are no news: there is one for each conversation.
      allowances: (opened?.budget() ?? []).filter(({ left, limit, of }) => of === undefined || left < limit),
      ...(looks.nextAt === undefined ? {} : { nextLookAt: looks.nextAt }),
    }),
    focus(conversation) {
      live.focus(conversation);
      looks.watched(conversation !== undefined);
      if (conversation !== undefined && outer.clock.now() - lookedAt > glanceMs) looks.ring();
    },
    send: out.send,
    reconcile: out.reconcile,
    openBlob: (source, signal) => openBlob(working, source, signal),
    backfill: { fetch: (query) => backfillPage(working, query, live.readUpTo) },
    ...operations(working, live),
  };
}
