import type { Channel, Clock } from '../../../src-shared/channel.ts';
import type { AccountView, ChannelView, Handlers, Output } from '../../../src-shared/ipc/index.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import type { AccountRow, Store } from '../../store/api.ts';
import type { Blobs } from '../attachments/index.ts';
import type { Changes } from '../changes/index.ts';
import type { Registry } from '../channels/registry.ts';
import { notFound } from '../errors.ts';
import type { Ingest } from '../ingest/index.ts';
import { type Outbox, unsentOf } from '../outbox/index.ts';
import type { AccountRunner, AccountSecrets, Supervisor } from '../supervisor/index.ts';
import { connectionChecks } from './test.ts';

export interface AccountsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly registry: Registry;
  readonly supervisor: Supervisor;
  readonly ingest: Ingest;
  readonly blobs: Blobs;
  readonly outbox: Outbox;
  readonly changes: Changes;
  readonly secretsFor: (account: AccountRow) => AccountSecrets;
  /** Ends other work on an account that is about to go. */
  readonly leave: (account: AccountId) => Promise<void>;
}
type Names =
  | 'channels.list'
  | 'accounts.list'
  | 'accounts.remove'
  | 'accounts.update'
  | 'accounts.test'
  | 'accounts.sync';

const channelView = ({ id, name, features, send, risk, logins }: Channel): ChannelView => ({
  id,
  name,
  features,
  send,
  risk,
  logins,
});

export const accountHandlers = (options: AccountsOptions): Handlers<Names> => {
  const { store, supervisor, changes } = options;
  return {
    'channels.list': async () => (await options.registry.all()).map(channelView),
    'accounts.list': async () => {
      const unread = await store.query('accounts.unread', {});
      return Promise.all(supervisor.all().map((runner) => accountView(store, runner, unread)));
    },
    'accounts.update': async ({ account, label, colour, paused }) => {
      const before = supervisor.runner(account).row;
      await store.command('account.update', {
        account,
        ...(label === undefined ? {} : { description: { label } }),
        ...(colour === undefined ? {} : { colour }),
        ...(paused === undefined ? {} : { paused }),
      });
      const row = await rowOf(store, account);
      if (row.paused === before.paused) supervisor.runner(account).row = row;
      else await supervisor.renew(row);
      changes.publish([{ on: 'accounts' }]);
      return null;
    },
    'accounts.remove': async ({ account }) => {
      const { row } = supervisor.runner(account);
      await options.leave(account);
      await supervisor.drop(account);
      // What was being sent has its end before it goes.
      await options.outbox.leave(account);
      await options.ingest.drained();
      const { unsent, orphans } = await removed(options, row);
      options.ingest.forget(account);
      options.outbox.forget(account);
      await options.secretsFor(row).clear();
      for (const hash of orphans) await options.blobs.remove(hash);
      changes.publish([{ on: 'accounts' }]);
      return { unsent };
    },
    'accounts.test': ({ account }) => connectionChecks(options, supervisor.runner(account)),
    'accounts.sync': async ({ account }) => {
      const runners = account === undefined ? supervisor.all() : [supervisor.runner(account)];
      for (const runner of runners) if (!runner.row.paused) runner.restart();
      return null;
    },
  };
};

/** Takes the account and all of it out of the database. Where that cannot be done it goes on as it was. */
async function removed(
  { store, supervisor }: AccountsOptions,
  row: AccountRow,
): Promise<{ readonly unsent: Output<'accounts.remove'>['unsent']; readonly orphans: readonly string[] }> {
  try {
    const unsent = await unsentOf(store, row.id);
    const orphans = await store.command('account.remove', { account: row.id }).then(
      (done) => done.orphans,
      async (error: unknown) => {
        // Its end may be stored all the same, and only the answer lost.
        if ((await store.query('accounts', {})).some(({ id }) => id === row.id)) throw error;
        return [];
      },
    );
    return { unsent, orphans };
  } catch (error) {
    supervisor.add(row);
    throw error;
  }
}

export async function rowOf(store: Store, account: AccountId): Promise<AccountRow> {
  const row = (await store.query('accounts', {})).find((each) => each.id === account);
  if (!row) throw notFound('The account');
  return row;
}

async function accountView(
  store: Store,
  runner: AccountRunner,
  unread: ReadonlyMap<AccountId, number>,
): Promise<AccountView> {
  const { row, state, asOf, lastProvenAt } = runner;
  const backfill = await store.query('backfill.progress', { account: row.id });
  return {
    id: row.id,
    channel: row.channel,
    key: row.description.key,
    label: row.description.label,
    identities: row.description.identities,
    colour: row.colour,
    paused: row.paused,
    unread: unread.get(row.id) ?? 0,
    state,
    ...(asOf === undefined ? {} : { asOf }),
    lastProvenAt,
    standing: runner.live?.session.standing?.() ?? null,
    backfill: backfill.running || backfill.done > 0 ? backfill : null,
  };
}
