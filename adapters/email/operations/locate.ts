import type { ImapFlow, MailboxObject } from 'imapflow';
import type { SessionContext } from '../../../src-shared/channel.ts';
import type { MessageKey } from '../../../src-shared/model/index.ts';
import { parseLabel, parseRef } from '../ids.ts';
import { demand } from '../imap/connection.ts';

/** A message where it lies: the folder and, of each UIDVALIDITY, its UIDs. */
export interface Place {
  readonly key: MessageKey;
  readonly path: string;
  readonly uidValidity: string | undefined;
  readonly uid: number | undefined;
}

/** Message-ID a key was made of; undefined for messages known by their content alone. */
export function messageIdOfKey(key: MessageKey): string | undefined {
  if (key.startsWith('sha256:')) return undefined;
  const bar = key.lastIndexOf('|');
  return bar > 0 ? key.slice(0, bar) : undefined;
}

/** Every folder placement of these messages, by folder. */
export async function placesOf(
  context: SessionContext,
  keys: readonly MessageKey[],
): Promise<ReadonlyMap<string, readonly Place[]>> {
  const byFolder = new Map<string, Place[]>();
  for (const [key, placements] of await context.lookup.placements(keys))
    for (const { label, ref } of placements) {
      const parsed = parseLabel(label);
      if (parsed?.is !== 'folder') continue;
      const where = ref === undefined ? undefined : parseRef(ref);
      const list = byFolder.get(parsed.path) ?? [];
      list.push({ key, path: parsed.path, uidValidity: where?.uidValidity, uid: where?.uid });
      byFolder.set(parsed.path, list);
    }
  return byFolder;
}

/** UIDs of a message in the selected folder, found by its Message-ID. */
export async function searchMessageId(client: ImapFlow, messageId: string): Promise<readonly number[]> {
  const found = await client.search({ header: { 'message-id': `<${messageId}>` } }, { uid: true });
  return demand(client, found, 'search for the message');
}

/**
 * UIDs of these messages in the folder just opened, by message. A place noted under another UIDVALIDITY, or without a
 * UID, is looked up by Message-ID; what cannot be found is left out.
 */
export async function uidsIn(
  client: ImapFlow,
  mailbox: MailboxObject,
  places: readonly Place[],
): Promise<ReadonlyMap<MessageKey, readonly number[]>> {
  const uids = new Map<MessageKey, number[]>();
  for (const place of places) {
    const list = uids.get(place.key) ?? [];
    if (place.uid !== undefined && place.uidValidity === String(mailbox.uidValidity)) list.push(place.uid);
    else {
      const messageId = messageIdOfKey(place.key);
      if (messageId) list.push(...(await searchMessageId(client, messageId)));
    }
    if (list.length > 0) uids.set(place.key, list);
  }
  return uids;
}
