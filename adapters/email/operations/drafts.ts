import type { ImapFlow } from 'imapflow';
import type { Done, OperationOptions, SendOptions } from '../../../src-shared/channel.ts';
import type { ChannelEvent, MessageKey, OutgoingMessage } from '../../../src-shared/model/index.ts';
import { composeMail, isAddress } from '../../_kit/mail/index.ts';
import { folderLabel, refOf } from '../ids.ts';
import { demand, priorities } from '../imap/connection.ts';
import { uidSet } from '../map.ts';
import { compositionOf, filesOf } from '../send/compose.ts';
import type { Working } from '../working.ts';
import { placesOf, searchMessageId, uidsIn } from './locate.ts';

/**
 * Puts a draft on the server, then takes away the one it replaces; in this order, so that one is always there. `elsewhere`
 * when there was none to replace any more: other hands were at it.
 */
export async function saveDraft(
  working: Working,
  draft: OutgoingMessage,
  replaces: MessageKey | undefined,
  options: OperationOptions & Pick<SendOptions, 'open'>,
): Promise<Done & { key: MessageKey; elsewhere: boolean }> {
  const { key, compose } = compositionOf(working, draft, options.txn);
  // Half an address is none yet: it stays with the words here.
  const written = { ...draft, recipients: draft.recipients?.filter((one) => isAddress(one.key)) ?? [] };
  const { raw } = await composeMail(written, { ...compose, files: await filesOf(draft, options.open), bcc: 'keep' });
  const at = working.context.clock.now();
  const path = await working.folder('drafts');
  const placed = await working.filing(
    raw.byteLength,
    (client) => appendOnce(client, path, compose.messageId, raw, ['\\Draft', '\\Seen'], new Date(draft.at)),
    options.signal,
  );
  const former = replaces === undefined || replaces === key ? undefined : await takeAway(working, replaces, options);
  working.lookAround();
  const event = { type: 'placed' as const, target: key, label: folderLabel(path), on: true, at };
  return {
    key,
    // A former try may have put it there and taken the other one away already.
    elsewhere: former !== undefined && !former.found && placed.is === 'new',
    events: [...(former?.events ?? []), ...(placed.ref === undefined ? [] : [{ ...event, ref: placed.ref }])],
  };
}

export const discardDraft = async (working: Working, key: MessageKey, options: OperationOptions): Promise<Done> => ({
  events: (await takeAway(working, key, options)).events,
});

/**
 * Takes a draft off the server: from where it is known to lie, which is how another client's newer version under the same
 * Message-ID is left alone; else, when it was put there a moment ago, from where its Message-ID is found.
 */
async function takeAway(
  working: Working,
  key: MessageKey,
  options: OperationOptions,
): Promise<{ readonly found: boolean; readonly events: readonly ChannelEvent[] }> {
  const { context, work } = working;
  const at = context.clock.now();
  const known = await placesOf(context, [key]);
  const drafts = await working.folder('drafts');
  const places =
    known.size > 0 ? known : new Map([[drafts, [{ key, path: drafts, uidValidity: undefined, uid: undefined }]]]);
  const events: ChannelEvent[] = [];
  for (const [path, there] of places)
    await work().use(
      priorities.person,
      async (client) => {
        const mailbox = await client.mailboxOpen(path);
        const noted = [...(await uidsIn(client, mailbox, there)).values()].flat();
        if (noted.length === 0) return;
        const uids = demand(client, await client.search({ uid: uidSet(noted) }, { uid: true }), 'look for the draft');
        if (uids.length === 0) return;
        demand(client, (await client.messageDelete(uidSet(uids), { uid: true })) || false, 'delete the draft');
        for (const uid of uids) {
          const ref = refOf(mailbox.uidValidity, uid);
          events.push({ type: 'placed', target: key, label: folderLabel(path), ref, on: false, at });
        }
      },
      { signal: options.signal },
    );
  return { found: events.length > 0, events: [...events, { type: 'removed', target: key, at }] };
}

/**
 * Files a message in a folder unless one with its Message-ID is there already: a former try may have got this far.
 * Answers where it lies, as far as the server tells (UIDPLUS, RFC 4315).
 */
export async function appendOnce(
  client: ImapFlow,
  path: string,
  messageId: string,
  raw: Uint8Array,
  flags: readonly string[],
  date: Date,
): Promise<{ readonly is: 'new' | 'there'; readonly ref: string | undefined }> {
  const mailbox = await client.mailboxOpen(path);
  const present = (await searchMessageId(client, messageId)).at(-1);
  if (present !== undefined) return { is: 'there', ref: refOf(mailbox.uidValidity, present) };
  const response = await client.append(path, Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), [...flags], date);
  const uid = response ? response.uid : undefined;
  const validity = (response ? response.uidValidity : undefined) ?? mailbox.uidValidity;
  return { is: 'new', ref: uid === undefined ? undefined : refOf(validity, uid) };
}
