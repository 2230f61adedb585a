import type { ImapFlow, MailboxObject } from 'imapflow';
import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { folderScope, parseRef, refOf } from '../ids.ts';
import { demand } from '../imap/connection.ts';
import { toFlags } from '../map.ts';
import { type CatchUp, emitAll } from './commit.ts';
import { glance } from './fetch.ts';
import type { Folder } from './folders.ts';
import type { FolderState } from './state.ts';

const page = 500;

/**
 * A folder whose UIDVALIDITY changed: every UID known of it is void (RFC 3501, 2.3.1.1), the messages are mostly the
 * same. Each is known again by its Message-ID and date and gets its new place, and only then do the old places go, so no
 * message leaves the folder for a moment. What was not here before is left to a new backfill. The new state is
 * committed last: a break repeats the whole, which changes nothing that is already right.
 */
export async function revalidate(
  client: ImapFlow,
  folder: Folder,
  mailbox: MailboxObject,
  now: FolderState,
  sync: CatchUp,
): Promise<void> {
  const { context } = sync;
  context.log.info('folder was renumbered by the server', { folder: folder.path, messages: mailbox.exists });
  const found = mailbox.exists === 0 ? [] : await client.search({ all: true }, { uid: true });
  const uids = [...demand(client, found, 'list its messages')].sort((a, b) => b - a);
  for (let start = 0; start < uids.length; start += page) {
    const observedAt = context.clock.now();
    const seen = await glance(client, uids.slice(start, start + page));
    const known = await context.lookup.known(seen.flatMap(({ key }) => (key ? [key] : [])));
    const events: ChannelEvent[] = seen.flatMap(({ key, uid, flags }) =>
      key && known.has(key)
        ? [
            {
              type: 'placed' as const,
              target: key,
              label: folder.label,
              ref: refOf(mailbox.uidValidity, uid),
              on: true,
              at: observedAt,
            },
            { type: 'flags' as const, target: key, flags: toFlags(flags), at: observedAt },
          ]
        : [],
    );
    if (events.length > 0) await context.emit({ events, origin: 'history' });
  }

  const at = context.clock.now();
  const stale = (await context.lookup.refs(folder.label)).filter(
    (ref) => parseRef(ref)?.uidValidity !== String(mailbox.uidValidity),
  );
  const gone: ChannelEvent[] = [];
  for (let start = 0; start < stale.length; start += page) {
    const keys = await context.lookup.byRef(folder.label, stale.slice(start, start + page));
    for (const [ref, target] of keys) gone.push({ type: 'placed', target, label: folder.label, ref, on: false, at });
  }
  await sync.orphans.suspect(gone.flatMap((event) => (event.type === 'placed' ? [event.target] : [])));
  gone.push(
    { type: 'history', scope: folderScope(folder.path), title: folder.name, total: mailbox.exists },
    { type: 'gap', scope: folderScope(folder.path) },
  );
  await emitAll(folder, gone, now, sync);
}
