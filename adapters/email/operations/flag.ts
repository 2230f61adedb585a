import type { ImapFlow, MailboxObject } from 'imapflow';
import { ChannelError, type Done, type OperationOptions, type Target } from '../../../src-shared/channel.ts';
import type { Flags } from '../../../src-shared/model/index.ts';
import { demand, priorities } from '../imap/connection.ts';
import { toFlagWords, uidSet } from '../map.ts';
import type { Working } from '../working.ts';
import { placesOf, uidsIn } from './locate.ts';

/** Whether the folder keeps this flag: it lists it, or lists `\*` for any keyword (RFC 3501, 7.1, PERMANENTFLAGS). */
export const keeps = (mailbox: MailboxObject, word: string): boolean =>
  mailbox.permanentFlags === undefined ||
  mailbox.permanentFlags.has('\\*') ||
  [...mailbox.permanentFlags].some((flag) => flag.toLowerCase() === word.toLowerCase());

/** Adds and removes flags on the selected folder's messages; those the folder cannot keep are passed over. */
export async function storeFlags(
  client: ImapFlow,
  mailbox: MailboxObject,
  uids: readonly number[],
  words: { add: readonly string[]; remove: readonly string[] },
): Promise<void> {
  if (uids.length === 0) return;
  const add = words.add.filter((word) => keeps(mailbox, word));
  const remove = words.remove.filter((word) => keeps(mailbox, word));
  if (add.length > 0)
    demand(client, (await client.messageFlagsAdd(uidSet(uids), [...add], { uid: true })) || false, 'set the flags');
  if (remove.length > 0)
    demand(
      client,
      (await client.messageFlagsRemove(uidSet(uids), [...remove], { uid: true })) || false,
      'take the flags away',
    );
}

/** Sets flags on every copy of these messages. What is no longer on the server is passed over. */
export async function setFlags(
  { context, work, limitOf }: Working,
  targets: readonly Target[],
  flags: Flags,
  { signal }: OperationOptions,
): Promise<Done> {
  const connection = work();
  const words = toFlagWords(flags);
  const at = context.clock.now();
  const done = new Set<string>();
  let wasSystemFlag = false;
  for (const name of ['read', 'starred', 'answered', 'draft'] as const) wasSystemFlag ||= flags[name] !== undefined;
  for (const [path, places] of await placesOf(
    context,
    targets.map(({ message }) => message),
  ))
    await connection.use(
      priorities.person,
      async (client) => {
        const mailbox = await client.mailboxOpen(path);
        const found = await uidsIn(client, mailbox, places);
        const uids = [...found.values()].flat();
        for (let start = 0; start < uids.length; start += limitOf())
          await storeFlags(client, mailbox, uids.slice(start, start + limitOf()), words);
        for (const key of found.keys()) done.add(key);
      },
      { signal },
    );
  if (done.size === 0 && targets.length > 0 && wasSystemFlag)
    throw new ChannelError('gone', 'refused', 'The message is no longer on the server.');
  return {
    events: targets
      .filter(({ message }) => done.has(message))
      .map(({ message }) => ({ type: 'flags', target: message, flags, at })),
  };
}
