import type { CommandName, Commands } from '../api.ts';
import type { Sql } from '../connection/sql.ts';
import { accountCommands } from './accounts.ts';
import { type Handlers, runCommand } from './command.ts';
import { ingestCommands } from './ingest.ts';

const handlers = { ...accountCommands, ...ingestCommands } as Handlers<CommandName>;

/** Runs a command by name in one transaction. */
export function execute<K extends CommandName>(
  sql: Sql,
  now: number,
  name: K,
  input: Commands[K]['input'],
): Commands[K]['output'] {
  return runCommand(sql, now, handlers[name], input) as Commands[K]['output'];
}
