import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { type Channel, ChannelError, type ImportBatch } from '../../../src-shared/channel.ts';
import { type AccountId, asUserKey, type BlobRef, type MessageKey } from '../../../src-shared/model/index.ts';
import type { AccountRow, ImportRow, Store } from '../../store/api.ts';
import type { Registry } from '../channels/registry.ts';
import { CallError } from '../errors.ts';
import { operationOf, type Supervisor } from '../supervisor/index.ts';

/** A batch, and whose it is when not the import's own account's; with files that its messages name. */
export type ArchiveBatch = ImportBatch & {
  readonly account?: AccountId;
  readonly files?: readonly ArchivedFile[];
};
export interface ArchivedFile {
  readonly message: MessageKey;
  readonly ref: BlobRef;
  readonly bytes: Uint8Array;
}
/** Opens what the row names, from its cursor on, and hands over its batches; closes it when they are taken. */
export type ImportSource = (
  row: ImportRow,
  signal: AbortSignal,
  take: (batches: AsyncIterable<ArchiveBatch>) => Promise<void>,
) => Promise<void>;

export const defaultLabel = 'Archives on this computer';

/** The channel that reads this file or folder. Rejects with a `CallError` when none does, or it is not there. */
export async function channelFor(path: string, registry: Registry): Promise<Channel> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new CallError('no-such-file', `There is no ${basename(path)} to read, or it cannot be read.`);
  const readers = (await registry.all()).filter((channel) => channel.features.import);
  const extension = extname(path).slice(1).toLowerCase();
  // A file of an unknown ending is tried by the first that reads files: many an mbox has none.
  const reader = found.isDirectory()
    ? readers.find((channel) => channel.features.import?.directories)
    : (readers.find((channel) =>
        channel.features.import?.extensions.some((each) => each.replace(/^\./, '') === extension),
      ) ?? readers[0]);
  if (!reader) throw new CallError('unsupported', `${basename(path)} is nothing this version can read.`);
  return reader;
}

/**
 * The account that archives of one label go to, made when there is none. It knows the person by the addresses of all
 * accounts there are, so that old mail of one's own is known for one's own.
 */
export async function archiveAccount(
  store: Store,
  supervisor: Supervisor,
  channel: Channel,
  label: string,
): Promise<AccountRow> {
  const key = asUserKey(`archive:${label}`);
  const rows = await store.query('accounts', {});
  const others = rows.filter((row) => row.channel !== channel.id);
  const identities = [
    ...new Map(others.flatMap((row) => row.description.identities).map((each) => [each.key, each])).values(),
  ];
  const saved = await store.command('account.save', {
    channel: channel.id,
    description: { key, label, identities, config: {} },
    inboxIsLabel: channel.features.label?.inboxIsLabel ?? false,
  });
  const row = (await store.query('accounts', {})).find((each) => each.id === saved.account);
  if (!row) throw new CallError('internal', 'The account for archives was saved but is not there.');
  if (saved.created) supervisor.add(row);
  return row;
}

/** Reads through the channel's session; it need not be connected. */
export const channelSource =
  (supervisor: Supervisor): ImportSource =>
  (row, signal, take) =>
    supervisor.runner(row.account).withSession(async (live) => {
      const reader = operationOf(live, 'import');
      if (!reader) throw new ChannelError('unsupported', 'refused', 'This channel reads no files.');
      await take(reader.read({ path: row.path, cursor: row.cursor ?? undefined, signal }));
    });
