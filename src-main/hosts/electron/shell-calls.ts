import type { WebContents } from 'electron';
import { type Handlers, type Reply, shellContract } from '../../../src-shared/ipc/index.ts';
import { reason } from '../errors.ts';
import { ShellError } from './shell-error.ts';

export type ShellCall = keyof typeof shellContract;
/** Answers to what a page asks of the shell. What is thrown is told to the person in its words. */
export type ShellCalls = {
  readonly [K in ShellCall]: (
    input: Parameters<Handlers[K]>[0],
    asker: WebContents,
  ) => ReturnType<Handlers[K]> | Awaited<ReturnType<Handlers[K]>>;
};

export const isShellCall = (name: string): name is ShellCall => Object.hasOwn(shellContract, name);

/** Checks the input by the contract, as the hub does with what is its own. Never rejects. */
export const answerShell = async <K extends ShellCall>(
  calls: ShellCalls,
  name: K,
  input: unknown,
  asker: WebContents,
): Promise<Reply<unknown>> => {
  const checked = shellContract[name].input.safeParse(input);
  if (!checked.success) return failed('invalid-input', `${name} cannot be asked that.`);
  try {
    const answer = calls[name] as (input: unknown, asker: WebContents) => unknown;
    return { ok: true, value: await answer(checked.data, asker) };
  } catch (error) {
    return failed(error instanceof ShellError ? error.code : 'refused', reason(error));
  }
};

const failed = (code: string, message: string): Reply<never> => ({
  ok: false,
  error: { code, message, retryable: false },
});
