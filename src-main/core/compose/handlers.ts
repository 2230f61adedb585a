import type { Handlers } from '../../../src-shared/ipc/index.ts';
import type { Directory } from '../accounts/directory.ts';
import { type CreateOptions, createConversation } from './create.ts';
import { fitComposition } from './outgoing.ts';
import type { Sender } from './send.ts';
import type { Starter } from './start.ts';

type Names = 'compose.start' | 'compose.send' | 'compose.check' | 'conversation.create';

export const composeHandlers = (
  options: CreateOptions & { directory: Directory; starter: Starter; sender: Sender },
): Handlers<Names> => {
  const { store, directory, starter, sender } = options;
  return {
    'conversation.create': (input) => createConversation(options, input),
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
  };
};
