import type { SessionContext, SessionOf } from '../../src-shared/channel.ts';
import { polledMail, sessionOf } from '../_kit/mail/index.ts';
import { openBlob } from './blobs.ts';
import { readConfig } from './config.ts';
import { listContacts } from './contacts.ts';
import { stateAfter } from './errors.ts';
import type { features } from './features.ts';
import { openGoogle } from './google.ts';
import { discardDraft, saveDraft } from './operations/drafts.ts';
import { applyLabels, createLabel, removeMessages, setFlags } from './operations/modify.ts';
import { outgoing } from './operations/send.ts';
import { openPicture } from './pictures.ts';
import { search } from './search.ts';
import { backfillPage } from './sync/backfill.ts';
import { followHistory } from './sync/live.ts';
import type { Working } from './working.ts';

/** Between two looks. A look costs 2 of the 6,000 units a minute, so even the least is a fiftieth of them. */
const looking = { leastMs: 2000, watchedMs: 5000, mostMs: 30_000 };

export function openSession(context: SessionContext): SessionOf<typeof features> {
  const mail = polledMail(context, looking, (signal) =>
    openGoogle({
      config: readConfig(context.account.config),
      account: context.account.key,
      secrets: context.secrets,
      fetch: context.fetch,
      clock: context.clock,
      log: context.log,
      signal,
    }),
  );
  const working: Working = {
    ...mail.shared,
    get google() {
      return mail.client();
    },
  };
  const live = followHistory(working);
  const out = outgoing(working, context.clock.now());

  return {
    ...mail.life({ ...live, stateAfter }),
    send: out.send,
    reconcile: out.reconcile,
    backfill: { fetch: (query) => backfillPage(working, query, live.total) },
    ...sessionOf(working, {
      openBlob,
      openPicture,
      setFlags,
      applyLabels,
      createLabel,
      removeMessages,
      saveDraft,
      discardDraft,
      search,
      listContacts,
    }),
  };
}
