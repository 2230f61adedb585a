import type { Handlers } from '../../../src-shared/ipc/index.ts';
import type { Store } from '../../store/api.ts';
import type { Directory } from '../accounts/directory.ts';
import type { Attachments } from '../attachments/index.ts';
import type { Outbox } from '../outbox/index.ts';
import { takeDraft } from './take.ts';

type Names = 'drafts.list' | 'drafts.remote' | 'drafts.get' | 'drafts.take' | 'drafts.save' | 'drafts.discard';

export const draftHandlers = (options: {
  store: Store;
  now: () => number;
  directory: Directory;
  attachments: Attachments;
  outbox: Outbox;
}): Handlers<Names> => {
  const { store, now, outbox } = options;
  return {
    'drafts.list': ({ limit }) => store.query('drafts', { limit }),
    'drafts.remote': ({ limit }) => store.query('drafts.remote', { limit }),
    'drafts.get': ({ conversation, draft, thread }) =>
      store.query('draft', draft ? { draft } : { conversation, ...(thread === undefined ? {} : { thread }) }),
    'drafts.take': (input) => takeDraft(options, input),
    'drafts.save': async ({ draft, ...composition }) => {
      const saved = await store.command('draft.save', { composition, now: now(), ...(draft ? { draft } : {}) });
      return { draft: saved.draft };
    },
    'drafts.discard': async ({ draft }) => {
      const { account } = await store.command('draft.discard', { draft });
      if (account !== null) outbox.nudge(account);
      return null;
    },
  };
};
