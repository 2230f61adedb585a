import { ChannelError } from '../../../src-shared/channel.ts';
import type { Handlers } from '../../../src-shared/ipc/index.ts';
import { asCursor } from '../../../src-shared/model/index.ts';
import type { Store } from '../../store/api.ts';
import { CallError, notFound } from '../errors.ts';
import type { Ingest } from '../ingest/index.ts';
import type { Supervisor } from '../supervisor/index.ts';

/** Somebody waits for it, ms. */
const patience = 30_000;

/** Asks a network who is in a conversation; only who they are is kept here, not that they are in it. */
export const memberHandlers = (options: {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly ingest: Ingest;
}): Handlers<'conversation.members'> => ({
  'conversation.members': async ({ conversation, text, cursor }) => {
    const { store, supervisor, ingest } = options;
    const found = await store.query('conversation', { conversation });
    if (!found) throw notFound('The conversation');
    const { account, key } = found;
    const { session, over } = supervisor.needOnline(account);
    const signal = AbortSignal.any([over, AbortSignal.timeout(patience)]);
    const from = cursor === undefined ? undefined : asCursor(cursor);
    const page = await session.members?.({ conversation: key, text, cursor: from, signal }).catch(unanswered);
    if (!page) return null;
    if (page.events.length > 0) await ingest.apply(account, { events: page.events, origin: 'history' });
    const people = await store.query('people.byKey', { account, keys: page.members });
    return { people, total: page.total, ...(page.next !== undefined && { next: page.next }) };
  },
});

function unanswered(cause: unknown): never {
  const why = cause instanceof ChannelError ? cause.message : 'The network did not answer in time.';
  throw new CallError('offline', why, { retryable: true, cause });
}
