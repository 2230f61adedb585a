import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Input } from '../../../../src-shared/ipc/index.ts';
import { MessageId, type Part, type Recipient, UserKey } from '../../../../src-shared/model/index.ts';
import { readStdin } from '../ask.ts';
import { type CommandContext, type Common, common, withHub } from '../command.ts';
import { Failure, misuse } from '../failure.ts';
import { oneLine } from '../text.ts';
import { findAccount } from './accounts.ts';

interface SendOptions extends Common {
  readonly account?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly subject?: string;
  readonly text?: string;
  readonly attach?: readonly string[];
  readonly reply?: string;
  readonly replyAll?: string;
  readonly wait: boolean;
}

export const sendCommand = (program: Command): void => {
  common(program.command('send'))
    .description('send a message; its text comes from --text or stdin')
    .option('--account <account>', 'from this one: id, label or address (default: the only one, or that of the reply)')
    .option('--to <address...>')
    .option('--cc <address...>')
    .option('--bcc <address...>')
    .option('--subject <text>')
    .option('--text <text>')
    .option('--attach <file...>')
    .option('--reply <message>', 'an answer to this message, by its number')
    .option('--reply-all <message>', 'an answer to everyone in it')
    .option('--no-wait', 'end once it is queued')
    .action((options: SendOptions) => withHub(options, (context) => send(context, options)));
};

const send = async (context: CommandContext, options: SendOptions): Promise<void> => {
  const { hub, output } = context;
  const started = await start(context, options);
  const recipients = [
    ...started.recipients,
    ...named('to', options.to),
    ...named('cc', options.cc),
    ...named('bcc', options.bcc),
  ];
  if (recipients.length === 0 && started.conversation === null) throw misuse('Nobody to send it to: --to ADDRESS.');
  const text = options.text ?? (await readStdin());
  const parts = [...started.parts];
  for (const file of options.attach ?? []) parts.push(await attach(context, file));
  const sent = await hub.call('compose.send', {
    account: started.account,
    conversation: started.conversation,
    from: started.from,
    recipients,
    subject: options.subject ?? started.subject,
    text,
    format: 'plain',
    parts,
    replyTo: started.replyTo,
    forwards: null,
    // Undoing is for fingers on a key; a command is meant.
    notBefore: Date.now(),
  });
  if (options.wait) await delivered(context, sent.outbox);
  output.result(sent, () => (options.wait ? 'Sent.' : 'Queued.'));
};

const start = async ({ hub }: CommandContext, options: SendOptions) => {
  const answered = options.replyAll ?? options.reply;
  if (answered !== undefined) {
    const id = MessageId.safeParse(Number(answered));
    if (!id.success) throw misuse(`"${answered}" is not the number of a message.`);
    return hub.call('compose.start', {
      kind: options.replyAll === undefined ? 'reply' : 'reply-all',
      message: id.data,
    });
  }
  const account = options.account === undefined ? await onlyAccount(hub) : (await findAccount(hub, options.account)).id;
  return hub.call('compose.start', { kind: 'new', account });
};

const onlyAccount = async (hub: CommandContext['hub']) => {
  const accounts = (await hub.call('accounts.list', {})).filter(({ channel }) => channel !== 'archive');
  const [account, another] = accounts;
  if (account === undefined) throw new Failure('There is no account to send from.');
  if (another !== undefined) throw misuse('There are several accounts: say which with --account.');
  return account.id;
};

/** `Name <address>` or the address alone. */
const named = (role: Recipient['role'], addresses: readonly string[] = []): Recipient[] =>
  addresses.map((text) => {
    const match = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(text);
    const key = UserKey.parse((match?.[2] ?? text).trim());
    return match?.[1] ? { role, key, name: match[1].replace(/^"|"$/g, '') } : { role, key };
  });

const attach = async ({ hub }: CommandContext, file: string): Promise<Part> => {
  const bytes = await readFile(file).catch((error: Error) => {
    throw misuse(`${file}: ${error.message}`);
  });
  const name = basename(file);
  const input: Input<'compose.upload'> = { name, mime: 'application/octet-stream', base64: bytes.toString('base64') };
  const { ref } = await hub.call('compose.upload', input);
  return { kind: 'document', media: { ref, mime: input.mime, name, bytes: bytes.length } };
};

const lookEveryMs = 200;
const delivered = async ({ hub, signal }: CommandContext, outbox: number): Promise<void> => {
  while (!signal.aborted) {
    const row = (await hub.call('outbox.list', {})).find(({ id }) => id === outbox);
    const state = row?.delivery.state;
    if (state === undefined || state === 'sent' || state === 'delivered' || state === 'read') return;
    if (state === 'failed' || state === 'unknown' || state === 'cancelled') {
      throw new Failure(oneLine(row?.delivery.error ?? `It is ${state}.`));
    }
    if (row?.delivery.error && row.delivery.retryAt !== null) {
      throw new Failure(oneLine(`Not sent yet, and tried again later: ${row.delivery.error}`));
    }
    await delay(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
};
