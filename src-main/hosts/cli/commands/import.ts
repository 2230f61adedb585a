import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ImportView } from '../../../../src-shared/ipc/index.ts';
import { type CommandContext, type Common, common, withHub } from '../command.ts';
import { Failure, misuse } from '../failure.ts';
import { duration } from '../output.ts';
import { oneLine } from '../text.ts';

export const importCommand = (program: Command): void => {
  common(program.command('import'))
    .description('take in archives: mbox, .eml, Maildir folders, JSON Lines of an export')
    .argument('<file...>', 'files or folders')
    .option('--label <name>', 'the account the messages go to, by name')
    .addHelpText('after', '\nCtrl-C interrupts; the same command goes on where it was.')
    .action((files: string[], options: Common & { label?: string }) =>
      withHub(options, (context) => importAll(context, files, options.label)),
    );
};

const lookEveryMs = 200;

const importAll = async (context: CommandContext, files: readonly string[], label?: string): Promise<void> => {
  const paths = files.map((file) => resolve(file));
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) throw misuse(`There is no file ${missing}.`);
  const done: ImportView[] = [];
  for (const path of paths) done.push(await importOne(context, path, label));
  context.output.rows(
    done,
    [
      { title: 'FILE', text: ({ path }) => path, grows: true },
      { title: 'MESSAGES', text: ({ messages }) => messages, right: true },
      { title: 'NEW', text: ({ added }) => added, right: true },
      { title: 'DAMAGED', text: ({ damagedCount }) => damagedCount, right: true },
    ],
    'Nothing was imported.',
  );
  for (const { path, damaged } of done) {
    for (const { number, reason } of damaged) context.output.note(oneLine(`${path}: message ${number}: ${reason}`));
  }
};

const importOne = async (
  { hub, output, signal }: CommandContext,
  path: string,
  label?: string,
): Promise<ImportView> => {
  const started = await hub.call('import.start', label === undefined ? { path } : { path, label });
  for (;;) {
    const view = (await hub.call('import.list', {})).find(({ id }) => id === started.import);
    if (view === undefined) throw new Failure(`The import of ${path} is gone.`);
    output.progress(progressLine(view));
    switch (view.state) {
      case 'done':
        output.progress('');
        return view;
      case 'failed':
        throw new Failure(oneLine(`${path}: ${view.error ?? 'the import failed'}`));
      case 'cancelled':
        throw new Failure(`The import of ${path} was cancelled.`);
      case 'running':
      case 'paused':
        break;
    }
    if (signal.aborted) {
      // A hub of our own keeps its place by being closed; one that stays would go on without us.
      if (hub.stays) await hub.call('import.cancel', { import: started.import });
      throw new Failure(`Interrupted after ${view.messages} messages. The same command goes on from there.`);
    }
    await delay(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
};

const progressLine = ({ messages, rate, done, total, secondsLeft }: ImportView): string =>
  [
    `${messages} messages`,
    `${Math.round(rate)}/s`,
    ...(total > 0 ? [`${Math.min(100, Math.floor((done / total) * 100))} %`] : []),
    ...(secondsLeft === null ? [] : [`${duration(secondsLeft)} left`]),
  ].join(', ');
