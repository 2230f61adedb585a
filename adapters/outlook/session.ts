import { type Batch, ChannelError, type SessionContext, type SessionOf } from '../../src-shared/channel.ts';
import { type Graph, pace, stateAfter } from '../_kit/graph/index.ts';
import { holdParser } from '../_kit/mail/index.ts';
import { openBlob } from './blobs.ts';
import { listContacts } from './contacts.ts';
import type { features } from './features.ts';
import { discardDraft, saveDraft } from './operations/drafts.ts';
import { applyLabels, createFolder, removeMessages, setFlags } from './operations/modify.ts';
import { outgoing } from './operations/send.ts';
import { openOutlook } from './outlook.ts';
import { search } from './search.ts';
import { backfillPage } from './sync/backfill.ts';
import { followMailbox } from './sync/live.ts';
import type { Working } from './working.ts';

/** A look asks for thirteen folders at most: even the fastest is a sixth of what Microsoft allows. */
const looking = { leastMs: 5000, watchedMs: 10_000, mostMs: 60_000 };

export function openSession(context: SessionContext): SessionOf<typeof features> {
  const over = new AbortController();
  const ended = () => new ChannelError('over', 'not-done', 'The account is being closed.');
  const held = holdParser();
  const looks = pace(context.clock, looking);
  let following: Promise<void> = Promise.resolve();
  let opened: Graph | undefined;
  const working: Working = {
    context: {
      ...context,
      get account() {
        return context.account;
      },
      emit: (batch: Batch) => (over.signal.aborted ? Promise.reject(ended()) : context.emit(batch)),
      proven: () => {
        if (!over.signal.aborted) context.proven();
      },
    },
    get graph() {
      opened ??= openOutlook(context, context.account, over.signal);
      return opened;
    },
    parser: held.parser,
    own: () => new Set([context.account.key, ...context.account.identities.map(({ key }) => key)]),
    lookAround: looks.ring,
    unsettle: () => live.unsettle(),
    folderNamed: (role) => live.folderNamed(role),
  };
  const live = followMailbox(working);
  const out = outgoing(working, context.clock.now());

  /** Until the end, or trouble that outlasts the retries of a single request: then the supervisor opens another session. */
  async function follow(settled: () => void): Promise<void> {
    const { signal } = over;
    try {
      context.state({ is: 'connecting', doing: 'Opening the mailbox' });
      await live.arrive(signal);
      signal.throwIfAborted();
      context.state({ is: 'online' });
      settled();
      for (;;) {
        await looks.next(signal);
        if (await live.look(signal)) looks.happened();
      }
    } catch (cause) {
      if (signal.aborted) return;
      const error =
        cause instanceof ChannelError
          ? cause
          : new ChannelError('internal', 'not-done', `Reading the mailbox failed: ${String(cause)}`, { cause });
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
      await held.release();
    },
    standing: () => ({
      allowances: opened?.budget() ?? [],
      ...(looks.nextAt === undefined ? {} : { nextLookAt: looks.nextAt }),
    }),
    focus: (conversation) => looks.watched(conversation !== undefined),
    send: out.send,
    reconcile: out.reconcile,
    openBlob: (source, signal) => openBlob(working, source, signal),
    backfill: { fetch: (query) => backfillPage(working, query, live.total) },
    flag: { set: (targets, flags, options) => setFlags(working, targets, flags, options) },
    label: {
      apply: (targets, change, options) => applyLabels(working, targets, change, options),
      create: (name, options) => createFolder(working, name, options),
    },
    remove: { apply: (targets, scope, options) => removeMessages(working, targets, scope, options) },
    drafts: {
      save: (draft, replaces, options) => saveDraft(working, draft, replaces, options),
      discard: (key, options) => discardDraft(working, key, options),
    },
    search: { find: (text, cursor, signal) => search(working, text, cursor, signal) },
    contacts: { list: (signal) => listContacts(working, signal) },
  };
}
