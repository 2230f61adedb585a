import type { z } from 'zod';
import { ChannelError, type Log } from '../../src-shared/channel.ts';
import {
  type Caller,
  type CallName,
  contract,
  type ErrorView,
  type Handlers,
  type Output,
  type Parsed,
  type Reply,
} from '../../src-shared/ipc/index.ts';
import { CallError, diskTrouble } from '../core/errors.ts';
import { StoreError } from '../store/connection/errors.ts';

const isCall = (name: string): name is CallName => Object.hasOwn(contract, name);

/** Checks what comes in by the contract, runs the handler, and turns whatever is thrown into words. Never rejects. */
export class Router {
  readonly #handlers: Handlers;
  readonly #log: Log;

  constructor(handlers: Handlers, log: Log) {
    this.#handlers = handlers;
    this.#log = log;
  }

  async call(name: string, input: unknown, caller: Caller): Promise<Reply<unknown>> {
    if (!isCall(name)) return failed({ code: 'no-such-call', message: 'There is no such call.', retryable: false });
    try {
      return { ok: true, value: await this.#run(name, input, caller) };
    } catch (error) {
      return failed(this.#view(name, error));
    }
  }

  #run<K extends CallName>(name: K, input: unknown, caller: Caller): Promise<Output<K>> {
    return this.#handlers[name](checked(name, input), caller);
  }

  #view(name: CallName, error: unknown): ErrorView {
    if (error instanceof CallError) {
      if (error.cause !== undefined) this.#log.warn(`${name} was refused`, { code: error.code, cause: error.cause });
      return { code: error.code, message: error.message, retryable: error.retryable };
    }
    if (error instanceof ChannelError)
      return { code: error.code, message: error.message, retryable: error.outcome === 'not-done' };
    this.#log.error(`${name} failed`, { error });
    if (error instanceof StoreError)
      return { code: error.code, message: error.message, retryable: error.code === 'full' || error.code === 'io' };
    const trouble = diskTrouble(error);
    if (trouble) return { code: trouble.code, message: trouble.message, retryable: trouble.retryable };
    return { code: 'internal', message: 'Something went wrong inside. Nothing was lost; try again.', retryable: true };
  }
}

/** Names of fields and what was expected of them: never the value, which may be a password. */
function checked<K extends CallName>(name: K, input: unknown): Parsed<K> {
  const parsed = inputs[name].input.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new CallError('invalid-input', `${issue?.path.join('.') || name}: ${issue?.message ?? 'is not valid'}`);
}
/** The contract seen as what it accepts, so that name, input and handler stay one type. */
const inputs: { readonly [K in CallName]: { readonly input: z.ZodType<Parsed<K>> } } = contract;

const failed = (error: ErrorView): Reply<never> => ({ ok: false, error });
