import { type Batch, ChannelError, type SessionContext, type SessionOf } from '../../src-shared/channel.ts';
import { holdParser } from '../_kit/mail/index.ts';
import { openBlob } from './blobs.ts';
import { readConfig } from './config.ts';
import { listContacts } from './contacts.ts';
import { stateAfter } from './errors.ts';
import type { features } from './features.ts';
import { type Google, openGoogle } from './google.ts';
import { discardDraft, saveDraft } from './operations/drafts.ts';
import { applyLabels, createLabel, removeMessages, setFlags } from './operations/modify.ts';
import { outgoing } from './operations/send.ts';
import { search } from './search.ts';
import { backfillPage } from './sync/backfill.ts';
import { followHistory } from './sync/live.ts';
import { pace } from './sync/pace.ts';
import type { Working } from './working.ts';

export function openSession(context: SessionContext): SessionOf<typeof features> {
  const over = new AbortController();
  const ended = () => new ChannelError('over', 'not-done', 'The account is being closed.');
  const held = holdParser();
  const looks = pace(context.clock);
  let following: Promise<void> = Promise.resolve();
  let opened: Google | undefined;
  const google = (): Google => {
    opened ??= openGoogle({
      config: readConfig(context.account.config),
      account: context.account.key,
      secrets: context.secrets,
      fetch: context.fetch,
      clock: context.clock,
      log: context.log,
      signal: over.signal,
    });
    return opened;
  };
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
    get google() {
      return google();
    },
    parser: held.parser,
    own: () => new Set([context.account.key, ...context.account.identities.map(({ key }) => key)]),
    lookAround: looks.ring,
  };
  const live = followHistory(working);
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
      create: (name, options) => createLabel(working, name, options),
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
