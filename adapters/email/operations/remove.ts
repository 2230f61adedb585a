import {
  ChannelError,
  type Done,
  type OperationOptions,
  type RemoveScope,
  type Target,
} from '../../../src-shared/channel.ts';
import type { ChannelEvent, MessageKey } from '../../../src-shared/model/index.ts';
import { folderLabel, refOf } from '../ids.ts';
import { demand, priorities } from '../imap/connection.ts';
import { uidSet } from '../map.ts';
import type { Working } from '../working.ts';
import { placesOf, uidsIn } from './locate.ts';

/**
 * Deletes for good: every copy in every folder. Only these very messages are expunged (UID EXPUNGE, RFC 4315); on a
 * server without it others already marked as deleted go with them, as they would with any client.
 */
export async function removeMessages(
  { context, work, limitOf }: Working,
  targets: readonly Target[],
  scope: RemoveScope,
  { signal }: OperationOptions,
): Promise<Done> {
  if (scope !== 'me') throw new ChannelError('scope', 'refused', 'A mail that was sent cannot be taken back.');
  const keys = targets.map(({ message }) => message);
  const events: ChannelEvent[] = [];
  const at = context.clock.now();
  for (const [path, places] of await placesOf(context, keys))
    await work().use(
      priorities.person,
      async (client) => {
        const mailbox = await client.mailboxOpen(path);
        const found = await uidsIn(client, mailbox, places);
        const keyOf = new Map<number, MessageKey>();
        for (const [key, uids] of found) for (const uid of uids) keyOf.set(uid, key);
        const all = [...keyOf.keys()];
        for (let start = 0; start < all.length; start += limitOf()) {
          const uids = all.slice(start, start + limitOf());
          demand(client, (await client.messageDelete(uidSet(uids), { uid: true })) || false, 'delete the message');
          for (const uid of uids) {
            const target = keyOf.get(uid);
            const ref = refOf(mailbox.uidValidity, uid);
            if (target) events.push({ type: 'placed', target, label: folderLabel(path), ref, on: false, at });
          }
        }
      },
      { signal },
    );
  for (const target of keys) events.push({ type: 'removed', target, at });
  return { events };
}
