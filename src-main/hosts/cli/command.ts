import { resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultProfile } from '../profile.ts';
import { type CliHub, connect } from './hub.ts';
import { createOutput, type Output } from './output.ts';

export interface CommandContext {
  readonly hub: CliHub;
  readonly output: Output;
  /** Aborted by Ctrl-C: the command ends what it is about in good order. */
  readonly signal: AbortSignal;
}
export interface Common {
  readonly profile?: string;
  readonly json?: boolean;
}

export const profileOf = (options: Common): string =>
  options.profile === undefined ? defaultProfile() : resolve(options.profile);

/** The options every command has. */
export const common = (command: Command): Command =>
  command
    .option('--profile <dir>', 'folder of the profile (default: the platform’s own place)')
    .option('--json', 'print the result as JSON');

type Work = (context: CommandContext) => Promise<void>;

/** Runs a command's work with a hub that has its accounts connected. */
export const withHub = (options: Common, work: Work): Promise<void> => run(options, true, work);
/** For commands that only look at what is here: nothing is contacted. */
export const withLocalHub = (options: Common, work: Work): Promise<void> => run(options, false, work);

/** Lets the hub go whatever happens. */
const run = async (options: Common, online: boolean, work: Work): Promise<void> => {
  const output = createOutput(options.json ?? false);
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const hub = await connect(profileOf(options), online);
  try {
    await work({ hub, output, signal: interrupted.signal });
  } finally {
    await hub.close();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
};
