import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { AccountView } from '../../../../src-shared/ipc/index.ts';
import { type CommandContext, type Common, common, withHub } from '../command.ts';
import { Failure } from '../failure.ts';
import { oneLine } from '../text.ts';
import { findAccount, stateWords } from './accounts.ts';

export const syncCommand = (program: Command): void => {
  common(program.command('sync'))
    .description('connect the accounts and fetch what is new; stays until Ctrl-C')
    .option('--once', 'end when everything there is has been fetched')
    .option('--account <account>', 'only this one: id, label or address')
    .action((options: Common & { once?: boolean; account?: string }) =>
      withHub(options, (context) => sync(context, options.once ?? false, options.account)),
    );
};

const lookEveryMs = 300;
/** An account that is online and has nothing to fetch must stay so for this many looks to count as done. */
const looksToBeSure = 4;

const sync = async (context: CommandContext, once: boolean, named: string | undefined): Promise<void> => {
  const { hub, output, signal } = context;
  const only = named === undefined ? undefined : (await findAccount(hub, named)).id;
  await hub.call('accounts.sync', only === undefined ? {} : { account: only });
  const shown = new Map<number, string>();
  const quiet = new Map<number, number>();
  while (!signal.aborted) {
    const accounts = (await hub.call('accounts.list', {})).filter(({ id }) => only === undefined || id === only);
    for (const account of accounts) {
      const words = stateWords(account);
      if (shown.get(account.id) !== words) output.note(`${oneLine(account.label)}: ${oneLine(words)}`);
      shown.set(account.id, words);
      quiet.set(account.id, isDone(account) ? (quiet.get(account.id) ?? 0) + 1 : 0);
    }
    if (once && accounts.every(({ id }) => (quiet.get(id) ?? 0) >= looksToBeSure)) return finish(context, accounts);
    await delay(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
};

const isDone = ({ paused, state, backfill }: AccountView): boolean =>
  paused || isTrouble(state) || (state.is === 'online' && !backfill?.running);
const isTrouble = ({ is }: AccountView['state']): boolean =>
  is === 'offline' || is === 'needs-login' || is === 'failed';

const finish = ({ output }: CommandContext, accounts: readonly AccountView[]): void => {
  output.result(accounts, () => `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'} up to date.`);
  const trouble = accounts.find(({ paused, state }) => !paused && isTrouble(state));
  if (trouble) throw new Failure(oneLine(`${trouble.label}: ${stateWords(trouble)}`));
};
