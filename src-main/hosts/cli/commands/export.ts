import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { ConversationId } from '../../../../src-shared/model/index.ts';
import { type CommandContext, type Common, common, withLocalHub } from '../command.ts';
import { misuse } from '../failure.ts';
import { oneLine } from '../text.ts';
import { findAccount } from './accounts.ts';

interface ExportOptions extends Common {
  readonly format?: 'mbox' | 'jsonl';
  readonly account?: string;
  readonly conversation?: string;
}

export const exportCommand = (program: Command): void => {
  common(program.command('export'))
    .description('write messages to a file: mbox for other programs, JSON Lines with everything')
    .argument('<file>', 'where to')
    .addOption(new Option('--format <format>', 'default: by the name of the file').choices(['mbox', 'jsonl']))
    .option('--account <account>', 'only this one: id, label or address')
    .option('--conversation <id>', 'only this one')
    .action((file: string, options: ExportOptions) => withLocalHub(options, (context) => run(context, file, options)));
};

const run = async ({ hub, output }: CommandContext, file: string, options: ExportOptions): Promise<void> => {
  const format = options.format ?? (/\.(jsonl|ndjson)$/i.test(file) ? 'jsonl' : 'mbox');
  const conversation = options.conversation === undefined ? undefined : readConversation(options.conversation);
  const account = options.account === undefined ? undefined : (await findAccount(hub, options.account)).id;
  const path = resolve(file);
  const result = await hub.call('export.start', {
    path,
    format,
    ...(account === undefined ? {} : { account }),
    ...(conversation === undefined ? {} : { conversation }),
  });
  output.result({ path, format, ...result }, () => `${result.messages} messages written to ${path}.`);
  for (const { message, reason } of result.skipped) output.note(oneLine(`left out message ${message}: ${reason}`));
};

export const readConversation = (text: string): ConversationId => {
  const id = ConversationId.safeParse(Number(text));
  if (!id.success) throw misuse(`"${text}" is not the number of a conversation.`);
  return id.data;
};
