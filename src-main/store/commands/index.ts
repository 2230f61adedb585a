import type { CommandName, Commands } from '../api.ts';
import type { Sql } from '../connection/sql.ts';
import type { PreparedIngest } from '../ingest/prepare.ts';
import { accountCommands } from './accounts.ts';
import { type Handlers, runCommand, runTogether } from './command.ts';
import { draftCommands } from './drafts.ts';
import { fileCommands } from './files.ts';
import { hostCommands } from './hosts.ts';
import { ingestCommands, ingestPrepared } from './ingest.ts';
import { localCommands } from './local.ts';
import { maintenanceCommands } from './maintenance.ts';
import { noticeCommands } from './notices.ts';
import { outboxCommands } from './outbox.ts';
import { peopleCommands } from './people.ts';
import { pictureCommands } from './pictures.ts';

const handlers: Handlers<CommandName> = {
  ...accountCommands,
  ...draftCommands,
  ...fileCommands,
  ...hostCommands,
  ...ingestCommands,
  ...localCommands,
  ...maintenanceCommands,
  ...noticeCommands,
  ...outboxCommands,
  ...peopleCommands,
  ...pictureCommands,
};

/** Runs a command by name in one transaction. */
export function execute<K extends CommandName>(
  sql: Sql,
  now: number,
  name: K,
  input: Commands[K]['input'],
): Commands[K]['output'] {
  const output = runCommand<K>(sql, now, handlers[name], input, name === 'ingest');
  // Only between transactions: it moves what they have left in the log into the file.
  if (name === 'maintenance.checkpoint') sql.db.pragma('wal_checkpoint(TRUNCATE)');
  return output;
}

/** Batches that wait at the same time, in one transaction. Throws when any of them does, and then none is stored. */
export const ingestTogether = (
  sql: Sql,
  requests: readonly { readonly now: number; readonly input: PreparedIngest }[],
): Commands['ingest']['output'][] => runTogether<'ingest', PreparedIngest>(sql, ingestPrepared, requests);
