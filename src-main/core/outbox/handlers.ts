import type { Handlers, OutboxView, Output } from '../../../src-shared/ipc/index.ts';
import type { AccountId, OutboxId } from '../../../src-shared/model/index.ts';
import type { OutboxRow, Store } from '../../store/api.ts';
import { never } from '../../store/model.ts';
import { notFound } from '../errors.ts';
import type { Outbox } from './runner.ts';

const viewOf = (row: OutboxRow & { title: string; createdAt: number }): OutboxView => ({
  id: row.id,
  kind: row.operation.op,
  account: row.account,
  conversation: row.conversation,
  message: row.message,
  title: row.title,
  createdAt: row.createdAt,
  delivery: {
    outbox: row.id,
    state: row.state,
    error: row.error?.message ?? null,
    notBefore: row.state === 'queued' && row.tries === 0 ? row.notBefore : null,
    retryAt: row.tries > 0 && row.notBefore < never ? row.notBefore : null,
  },
});

/** Drafts come and go by themselves, as one types: of them only what did not work is the person's business. */
const isWorthShowing = ({ operation, error }: OutboxRow): boolean =>
  (operation.op !== 'draft-save' && operation.op !== 'draft-discard') || error !== null;

/** Messages of an account that no network has said to have. */
export async function unsentOf(store: Store, account: AccountId): Promise<Output<'accounts.remove'>['unsent']> {
  const rows = await store.query('outbox', {});
  return rows.flatMap((row) => {
    if (row.account !== account || row.operation.op !== 'send' || row.state === 'awaiting-echo') return [];
    const sure = row.state === 'queued' || row.state === 'failed';
    return [{ title: row.title, state: sure ? ('unsent' as const) : ('unknown' as const) }];
  });
}

export const outboxHandlers = (options: {
  store: Store;
  now: () => number;
  outbox: Outbox;
}): Handlers<'outbox.list' | 'outbox.cancel' | 'outbox.retry' | 'outbox.settle'> => {
  const { store, now, outbox } = options;
  const accountOf = async (id: OutboxId): Promise<AccountId> => {
    const row = await store.query('outbox.get', { outbox: id });
    if (!row) throw notFound('The message in the outbox');
    return row.account;
  };
  return {
    'outbox.list': async () => (await store.query('outbox', {})).filter(isWorthShowing).map(viewOf),
    'outbox.cancel': async ({ outbox: id }) => {
      const account = await accountOf(id);
      const { cancelled, draft } = await store.command('outbox.cancel', { outbox: id });
      // What waited behind it need not wait any longer.
      outbox.nudge(account);
      return { cancelled, draft };
    },
    'outbox.retry': async ({ outbox: id }) => {
      const account = await accountOf(id);
      await store.command('outbox.retry', { outbox: id, now: now() });
      outbox.nudge(account);
      return null;
    },
    'outbox.settle': async ({ outbox: id, as }) => {
      const account = await accountOf(id);
      await store.command('outbox.settle', {
        outbox: id,
        settlement:
          as === 'sent'
            ? { as, key: null, at: null, order: null, events: [] }
            : { as, error: { code: 'settled', message: 'You said that it was not sent.' } },
      });
      outbox.nudge(account);
      return null;
    },
  };
};
