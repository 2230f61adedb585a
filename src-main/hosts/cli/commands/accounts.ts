import type { Command } from 'commander';
import type { AccountView, Check } from '../../../../src-shared/ipc/index.ts';
import { AccountId } from '../../../../src-shared/model/index.ts';
import { ask, canAsk } from '../ask.ts';
import { type CommandContext, type Common, common, withHub, withLocalHub } from '../command.ts';
import { Failure, misuse } from '../failure.ts';
import type { CliHub } from '../hub.ts';
import { login } from '../login.ts';
import { when } from '../output.ts';
import { oneLine } from '../text.ts';

export const accountsCommand = (program: Command): void => {
  const accounts = program.command('accounts').description('add, list, test and remove accounts');

  common(accounts.command('add'))
    .description('log in to a new account; what is not given is asked for')
    .argument('<channel>', 'email, archive or demo')
    .option('--flow <id>', 'which way to log in, where a channel has several')
    .option('--field <id=value...>', 'an answer to a field or a choice; secrets are not taken here')
    .option('--password-stdin', 'read the password from stdin')
    .addHelpText(
      'after',
      '\nA password may also stand in CARILLON_PASSWORD, or CARILLON_FIELD_<ID> for any secret field.',
    )
    .action((channel: string, options: AddOptions) => withHub(options, (context) => add(context, channel, options)));

  common(accounts.command('list').alias('ls'))
    .description('every account with its state')
    .action((options) => withLocalHub(options, list));

  common(accounts.command('test'))
    .description('connect once and say what works')
    .argument('<account>', 'id, label or address')
    .action((account: string, options) => withHub(options, (context) => test(context, account)));

  common(accounts.command('remove').alias('rm'))
    .description('forget an account with all its messages and secrets on this computer')
    .argument('<account>', 'id, label or address')
    .option('--yes', 'without asking')
    .action((account: string, options: Common & { yes?: boolean }) =>
      withHub(options, (context) => remove(context, account, options.yes ?? false)),
    );
};

interface AddOptions extends Common {
  readonly flow?: string;
  readonly field?: readonly string[];
  readonly passwordStdin?: boolean;
}
const add = async (context: CommandContext, channel: string, options: AddOptions): Promise<void> => {
  const account = await login(context, {
    channel,
    flow: options.flow,
    fields: readFields(options.field ?? []),
    passwordStdin: options.passwordStdin ?? false,
    environment: process.env,
  });
  const added = (await context.hub.call('accounts.list', {})).find(({ id }) => id === account);
  context.output.result(
    added ?? { id: account },
    () => `Added account ${account}: ${oneLine(added?.label ?? channel)}`,
  );
};

const readFields = (pairs: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw misuse(`--field takes id=value, not "${pair}".`);
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
  );

const list = async ({ hub, output }: CommandContext): Promise<void> => {
  const rows = await hub.call('accounts.list', {});
  output.rows(
    rows,
    [
      { title: 'ID', text: ({ id }) => id, right: true },
      { title: 'CHANNEL', text: ({ channel }) => channel },
      { title: 'LABEL', text: ({ label }) => label, grows: true },
      { title: 'ADDRESS', text: ({ key }) => key },
      { title: 'UNREAD', text: ({ unread }) => unread, right: true },
      { title: 'STATE', text: stateWords },
    ],
    'No accounts yet. Add one with: accounts add email',
  );
};

export const stateWords = ({ paused, state, asOf, backfill }: AccountView): string => {
  if (paused) return 'paused';
  const now = asOf === undefined;
  if (!now) return `${'message' in state ? `${state.is}: ${state.message}` : state.is} (as of ${when(asOf)})`;
  if (state.is === 'online' && backfill?.running) {
    return `online, fetching history (${backfill.done}${backfill.total === null ? '' : ` of ${backfill.total}`})`;
  }
  return 'message' in state ? `${state.is}: ${state.message}` : state.is;
};

/** An account by what a person would call it. Throws `Failure` unless exactly one fits. */
export const findAccount = async (hub: CliHub, named: string): Promise<AccountView> => {
  const accounts = await hub.call('accounts.list', {});
  const id = AccountId.safeParse(Number(named));
  const said = (name: string): boolean => name.toLowerCase() === named.toLowerCase();
  // An archive knows the person's addresses too: the account that is an address goes before those that only know it.
  const fitting =
    [
      accounts.filter((account) => id.success && account.id === id.data),
      accounts.filter(({ label, key }) => said(label) || said(key)),
      accounts.filter(({ identities }) => identities.some(({ key }) => said(key))),
    ].find((found) => found.length > 0) ?? [];
  const [account, another] = fitting;
  if (account === undefined) throw new Failure(`There is no account "${named}".`);
  if (another !== undefined) throw new Failure(`"${named}" fits several accounts; name one by its id.`);
  return account;
};

const test = async ({ hub, output }: CommandContext, named: string): Promise<void> => {
  const { id } = await findAccount(hub, named);
  const checks = await hub.call('accounts.test', { account: id });
  showChecks(output, checks);
  const bad = checks.find(({ ok }) => !ok);
  if (bad) throw new Failure(oneLine(`${bad.name}: ${bad.detail}`));
};

export const showChecks = (output: CommandContext['output'], checks: readonly Check[]): void =>
  output.rows(
    checks,
    [
      { title: 'CHECK', text: ({ name }) => name },
      { title: '', text: ({ ok }) => (ok ? 'ok' : 'FAILED') },
      { title: 'DETAIL', text: ({ detail }) => detail, grows: true },
    ],
    'Nothing to check.',
  );

const remove = async ({ hub, output }: CommandContext, named: string, sure: boolean): Promise<void> => {
  const account = await findAccount(hub, named);
  if (!sure) {
    if (!canAsk()) throw misuse('This removes all its messages from this computer. Say --yes.');
    const typed = await ask(`Remove ${oneLine(account.label)} and all its messages from this computer? Type yes`);
    if (typed !== 'yes') throw new Failure('Nothing was removed.');
  }
  const { unsent } = await hub.call('accounts.remove', { account: account.id });
  const told = unsent.map(({ title, state }) =>
    oneLine(`${state === 'unsent' ? 'Not sent' : 'Not known whether it was sent'}: ${title}`),
  );
  output.result({ removed: account.id, unsent }, () => [`Removed ${oneLine(account.label)}.`, ...told].join('\n'));
};
