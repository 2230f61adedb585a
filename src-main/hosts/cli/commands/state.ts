import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Stats } from '../../../../src-shared/ipc/index.ts';
import { lockProfile } from '../../lock.ts';
import { profileFiles } from '../../profile.ts';
import { askHidden } from '../../prompts.ts';
import { protectWithPassphrase } from '../../secrets/index.ts';
import { canAsk } from '../ask.ts';
import { type CommandContext, common, profileOf, withHub, withLocalHub } from '../command.ts';
import { Failure, misuse } from '../failure.ts';
import { createOutput, size } from '../output.ts';
import { table } from '../table.ts';
import { showChecks } from './accounts.ts';

export const stateCommands = (program: Command): void => {
  common(program.command('stats'))
    .description('how much there is')
    .action((options) => withLocalHub(options, stats));

  common(program.command('doctor'))
    .description('checks the database, the index, the keychain and every account; ends with 1 where something is wrong')
    .action((options) => withHub(options, doctor));

  const secrets = program.command('secrets').description('where the keys of the profile are kept');
  common(secrets.command('protect'))
    .description('put keys that lie in an open file under a passphrase')
    .action((options) => protect(profileOf(options), options.json ?? false));
};

const stats = async ({ hub, output }: CommandContext): Promise<void> => {
  const value = await hub.call('app.stats', {});
  const rows: readonly (readonly [string, keyof Stats])[] = [
    ['Accounts', 'accounts'],
    ['Conversations', 'conversations'],
    ['Messages', 'messages'],
    ['Attachments', 'attachments'],
    ['People', 'people'],
    ['Waiting to be sent', 'outboxWaiting'],
    ['Database', 'databaseBytes'],
  ];
  const number = new Intl.NumberFormat();
  output.result(value, () =>
    table(
      [
        { title: '', text: ([title]) => title },
        {
          title: '',
          text: ([, key]) => (key === 'databaseBytes' ? size(value[key]) : number.format(value[key])),
          right: true,
        },
      ],
      rows,
    ).trimStart(),
  );
};

/** Longest an account may take to say whether it connects, ms. */
const settleMs = 20_000;

const doctor = async ({ hub, output, signal }: CommandContext): Promise<void> => {
  const until = Date.now() + settleMs;
  while (!signal.aborted && Date.now() < until) {
    const accounts = await hub.call('accounts.list', {});
    if (!accounts.some(({ paused, state }) => !paused && state.is === 'connecting')) break;
    await delay(200, undefined, { signal }).catch(() => undefined);
  }
  const checks = await hub.call('app.check', {});
  showChecks(output, checks);
  const bad = checks.filter(({ ok }) => !ok);
  if (bad.length > 0) throw new Failure(`${bad.length} of ${checks.length} checks failed.`);
};

const protect = async (profile: string, json: boolean): Promise<void> => {
  const files = profileFiles(profile);
  const passphrase = process.env.CARILLON_PASSPHRASE || (canAsk() ? await askTwice() : undefined);
  if (!passphrase) throw misuse('A passphrase is needed: in CARILLON_PASSPHRASE, or typed at a terminal.');
  const lock = lockProfile(files.lock, 'a command on the command line');
  try {
    await protectWithPassphrase(files.secrets, passphrase);
  } finally {
    lock.release();
  }
  createOutput(json).result({ keyStore: 'passphrase' }, () => 'The keys are locked by the passphrase now.');
};
const askTwice = async (): Promise<string | undefined> => {
  const first = await askHidden('New passphrase: ');
  if (first && (await askHidden('Once more: ')) !== first) throw new Failure('The two differ. Nothing was changed.');
  return first;
};
