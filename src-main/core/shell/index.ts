import type { CallName, Handlers, shellContract } from '../../../src-shared/ipc/index.ts';
import { CallError } from '../errors.ts';

type ShellCall = Extract<CallName, keyof typeof shellContract>;

const notHere = async (): Promise<never> => {
  throw new CallError('not-here', 'Only the desktop program can do this.');
};

/** A hub has no window around it: a host that has one answers these calls before they come here. */
export const shellHandlers = (): Handlers<ShellCall> => ({
  'shell.opened': notHere,
  'shell.saveAs': notHere,
  'shell.pdf': notHere,
  'shell.print': notHere,
  'shell.drawn': notHere,
  'shell.zoom': notHere,
  'shell.window': notHere,
  'shell.frame': notHere,
  'shell.preferences': notHere,
  'shell.prefer': notHere,
  'shell.update': notHere,
});
