import type { Handlers } from '../../../src-shared/ipc/index.ts';
import type { Store } from '../../store/api.ts';
import type { Directory } from '../accounts/directory.ts';
import { fitComposition } from './outgoing.ts';
import type { Sender } from './send.ts';
import type { Starter } from './start.ts';

type Names =
  | 'compose.start'
  | 'compose.send'
  | 'compose.check'
  | 'drafts.list'
  | 'drafts.get'
  | 'drafts.save'
  | 'drafts.discard';

export const composeHandlers = (options: {
  store: Store;
  now: () => number;
  directory: Directory;
  starter: Starter;
  sender: Sender;
}): Handlers<Names> => {
  const { store, now, directory, starter, sender } = options;
  return {
    'compose.start': (input) => starter.start(input),
    'compose.send': ({ notBefore, draft, archive, ...composition }) =>
      sender.send(composition, { notBefore, draft, archive }),
    'compose.check': async (composition) => {
      const where = await directory.of(composition.account, composition.conversation);
      const { problems } = await fitComposition(store, composition, where);
      const readOnly =
        where.readOnly === null ? [] : [{ level: 'rejected' as const, what: 'conversation', why: where.readOnly }];
      return { problems: [...readOnly, ...problems] };
    },
    'drafts.list': ({ limit }) => store.query('drafts', { limit }),
    'drafts.get': ({ conversation, draft }) => store.query('draft', draft ? { draft } : { conversation }),
    'drafts.save': async ({ draft, ...composition }) => {
      const saved = await store.command('draft.save', { composition, now: now(), ...(draft ? { draft } : {}) });
      return { draft: saved.draft };
    },
    'drafts.discard': async ({ draft }) => {
      await store.command('draft.discard', { draft });
      return null;
    },
  };
};
