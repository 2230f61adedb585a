import type {
  AccountDescription,
  Channel,
  Clock,
  LoginAnswers,
  LoginDone,
  LoginStep,
} from '../../../src-shared/channel.ts';
import { silent } from './recorder.ts';

export interface LoginDrive {
  readonly flow: string;
  readonly clock: Clock;
  /** The answer to a step. Not asked again after a step that carries an error: then the drive throws that error. */
  answer(step: LoginStep): LoginAnswers;
  readonly fetch?: typeof fetch;
  readonly existing?: AccountDescription;
  readonly signal?: AbortSignal;
  /** Give up at this step, counted from 0, as a person does who closes the window. */
  readonly cancelAt?: number;
}
/** Walks a login to its end, answering each step. Answers the steps seen and, unless cancelled, the account. */
export async function driveLogin(
  channel: Channel,
  drive: LoginDrive,
): Promise<{ readonly steps: readonly LoginStep[]; readonly done: LoginDone | undefined }> {
  const steps: LoginStep[] = [];
  const login = channel.login(drive.flow, {
    log: silent,
    clock: drive.clock,
    fetch: drive.fetch ?? fetch,
    signal: drive.signal ?? new AbortController().signal,
    existing: drive.existing,
  });
  let turn = await login.next();
  while (!turn.done) {
    const step = turn.value;
    steps.push(step);
    if (drive.cancelAt === steps.length - 1) {
      await login[Symbol.asyncDispose]();
      return { steps, done: undefined };
    }
    if (step.error !== undefined) throw new Error(`login step ${step.id}: ${step.error}`);
    turn = await login.next(drive.answer(step));
  }
  return { steps, done: turn.value };
}
