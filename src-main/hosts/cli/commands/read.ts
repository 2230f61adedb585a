import { type Command, Option } from 'commander';
import {
  type MessageView,
  markEnd,
  markStart,
  type SystemView,
  systemViews,
} from '../../../../src-shared/ipc/index.ts';
import type { Part } from '../../../../src-shared/model/index.ts';
import { type CommandContext, type Common, common, withHub, withLocalHub } from '../command.ts';
import { Failure, misuse } from '../failure.ts';
import { size, when } from '../output.ts';
import { manyLines, oneLine } from '../text.ts';
import { findAccount } from './accounts.ts';
import { readConversation } from './export.ts';

const limitOption = (most: number) =>
  new Option('--limit <n>', 'at most this many').default(20).argParser((text) => {
    const limit = Number(text);
    if (!Number.isInteger(limit) || limit < 1 || limit > most) throw misuse(`--limit takes 1 to ${most}.`);
    return limit;
  });

interface ListOptions extends Common {
  readonly view: SystemView;
  readonly account?: string;
  readonly unread?: boolean;
  readonly limit: number;
}
interface SearchOptions extends Common {
  readonly relevance?: boolean;
  readonly account?: string;
  readonly limit: number;
}

export const readCommands = (program: Command): void => {
  common(program.command('list').alias('ls'))
    .description('conversations, newest first')
    .addOption(new Option('--view <view>', 'which of them').choices([...systemViews]).default('inbox'))
    .option('--account <account>', 'only this one: id, label or address')
    .option('--unread', 'only unread ones')
    .addOption(limitOption(200))
    .action((options: ListOptions) => withLocalHub(options, (context) => list(context, options)));

  common(program.command('search'))
    .description('messages that fit: words, "phrases", from: to: in: has: is: before: after: label: subject:, -not')
    .argument('<query...>')
    .option('--relevance', 'best first instead of newest first')
    .option('--account <account>', 'only this one: id, label or address')
    .addOption(limitOption(200))
    .action((words: string[], options: SearchOptions) =>
      withLocalHub(options, (context) => search(context, words.join(' '), options)),
    );

  common(program.command('show'))
    .description('a conversation with its messages')
    .argument('<conversation>', 'its number, as list and search print it')
    .addOption(limitOption(200))
    .action((conversation: string, options: Common & { limit: number }) =>
      withHub(options, (context) => show(context, conversation, options.limit)),
    );
};

const accountFilter = async (hub: CommandContext['hub'], named: string | undefined) =>
  named === undefined ? {} : { account: (await findAccount(hub, named)).id };

const list = async ({ hub, output }: CommandContext, options: ListOptions): Promise<void> => {
  const { rows } = await hub.call('inbox.page', {
    view: options.view,
    limit: options.limit,
    ...(options.unread ? { unread: true } : {}),
    ...(await accountFilter(hub, options.account)),
  });
  output.rows(
    rows,
    [
      { title: 'ID', text: ({ id }) => id, right: true },
      { title: '', text: ({ unread, starred }) => `${unread > 0 ? '●' : ' '}${starred ? '★' : ' '}` },
      {
        title: 'WITH',
        text: ({ people }) =>
          people
            .map(({ name }) => name)
            .join(', ')
            .slice(0, 28),
      },
      { title: 'SUBJECT', text: ({ title, preview }) => title || preview, grows: true },
      { title: 'WHEN', text: ({ lastAt }) => when(lastAt), right: true },
    ],
    'No conversations here.',
  );
};

const search = async ({ hub, output }: CommandContext, text: string, options: SearchOptions): Promise<void> => {
  const result = await hub.call('search.query', {
    text,
    order: options.relevance ? 'relevance' : 'newest',
    limit: options.limit,
    ...(await accountFilter(hub, options.account)),
  });
  for (const [typed, taken] of result.corrected) output.note(oneLine(`Searched for "${taken}" instead of "${typed}".`));
  if (output.json) return output.result(result, () => '');
  output.rows(
    result.hits,
    [
      { title: 'ID', text: ({ conversation }) => conversation, right: true },
      { title: 'FROM', text: ({ author }) => author.slice(0, 28) },
      { title: 'SUBJECT', text: ({ title }) => title.slice(0, 40) },
      { title: 'TEXT', text: ({ snippet }) => unmarked(snippet), grows: true },
      { title: 'WHEN', text: ({ at }) => when(at), right: true },
    ],
    'Nothing found.',
  );
};
const unmarked = (snippet: string): string => snippet.replaceAll(markStart, '').replaceAll(markEnd, '');

const show = async ({ hub, output }: CommandContext, named: string, limit: number): Promise<void> => {
  const conversation = readConversation(named);
  const view = await hub.call('conversation.get', { conversation });
  if (view === null) throw new Failure(`There is no conversation ${named}.`);
  const page = await hub.call('conversation.page', { conversation, limit });
  output.result({ conversation: view, ...page }, () =>
    [`# ${oneLine(view.title || view.people.map(({ name }) => name).join(', '))}`, ...page.messages.map(message)].join(
      '\n\n',
    ),
  );
};

const message = (view: MessageView): string => {
  const who = view.fromMe ? 'me' : (view.author?.name ?? 'system');
  const notes = [
    view.removed ? 'removed' : undefined,
    view.edited ? 'edited' : undefined,
    view.delivery?.state === 'failed' ? `not sent: ${view.delivery.error}` : undefined,
  ].filter((note) => note !== undefined);
  const head = oneLine(`${who}, ${when(view.at)}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}  #${view.id}`);
  const files = view.attachments
    .filter(({ inline }) => !inline)
    .map(({ id, name, bytes }) => oneLine(`[file ${id}: ${name}${bytes === null ? '' : `, ${size(bytes)}`}]`));
  return [head, ...view.parts.map(partText).filter((text) => text !== ''), ...files].join('\n');
};

const partText = (part: Part): string => {
  switch (part.kind) {
    case 'text':
      return manyLines(part.plain ?? part.text).trimEnd();
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return part.media.caption === undefined ? '' : oneLine(part.media.caption);
    default:
      return `[${part.kind}]`;
  }
};
