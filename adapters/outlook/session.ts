import type { SessionContext, SessionOf } from '../../src-shared/channel.ts';
import { stateAfter } from '../_kit/graph/index.ts';
import { polledMail, sessionOf } from '../_kit/mail/index.ts';
import { openBlob } from './blobs.ts';
import { listContacts } from './contacts.ts';
import type { features } from './features.ts';
import { discardDraft, saveDraft } from './operations/drafts.ts';
import { applyLabels, createFolder, removeMessages, setFlags } from './operations/modify.ts';
import { outgoing } from './operations/send.ts';
import { openOutlook } from './outlook.ts';
import { openPicture } from './pictures.ts';
import { search } from './search.ts';
import { backfillPage } from './sync/backfill.ts';
import { followMailbox } from './sync/live.ts';
import type { Working } from './working.ts';

/** A look asks for thirteen folders at most: even the fastest is a sixth of what Microsoft allows. */
const looking = { leastMs: 5000, watchedMs: 10_000, mostMs: 60_000 };

export function openSession(context: SessionContext): SessionOf<typeof features> {
  const mail = polledMail(context, looking, (over) => openOutlook(context, context.account, over));
  const working: Working = {
    ...mail.shared,
    own: () => new Set([...mail.shared.own(), ...live.further]),
    get graph() {
      return mail.client();
    },
    unsettle: () => live.unsettle(),
    folderNamed: (role) => live.folderNamed(role),
  };
  const live = followMailbox(working);
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
      createLabel: createFolder,
      removeMessages,
      saveDraft,
      discardDraft,
      search,
      listContacts,
    }),
  };
}
