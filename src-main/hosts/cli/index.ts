import { Command, CommanderError } from 'commander';
import { reason } from '../errors.ts';
import { accountsCommand } from './commands/accounts.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { readCommands } from './commands/read.ts';
import { sendCommand } from './commands/send.ts';
import { stateCommands } from './commands/state.ts';
import { syncCommand } from './commands/sync.ts';
import { exitCodes, Failure } from './failure.ts';

process.umask(0o077);

const program = new Command('carillon')
  .description('One inbox for every conversation, from the command line.')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });
accountsCommand(program);
syncCommand(program);
importCommand(program);
exportCommand(program);
readCommands(program);
sendCommand(program);
stateCommands(program);

const run = async (): Promise<number> => {
  try {
    await program.parseAsync();
    return exitCodes.done;
  } catch (error) {
    // Commander has said already what was wrong, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    process.stderr.write(`carillon: ${reason(error)}\n`);
    return error instanceof Failure ? error.exitCode : exitCodes.failed;
  }
};
process.exit(await run());
