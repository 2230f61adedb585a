import { randomUUID } from 'node:crypto';
import {
  type Channel,
  ChannelError,
  type LoginAnswers,
  type LoginDone,
  type LoginEnvironment,
  type LoginStep,
} from '../../../src-shared/channel.ts';
import type { LoginView } from '../../../src-shared/ipc/index.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import { CallError, wordsOf } from '../errors.ts';
import { aborted, pause, settlesWithin } from '../time/sleep.ts';

/** A login nobody goes on with is ended after this long, ms. */
const idleFor = 900_000;
/** A generator that does not end when told is left behind after this long, ms. */
const endWithin = 2000;

type Environment = Omit<LoginEnvironment, 'signal' | 'progress'>;
export interface LoginOptions {
  readonly channel: Channel;
  readonly flow: string;
  readonly environment: Environment;
  /** Saves what the login ended in; its failure is the login's. */
  readonly done: (result: LoginDone) => Promise<AccountId>;
  /** The step changed without the person's doing (a code was scanned), or the login ended. */
  readonly changed: (view: LoginView) => void;
  /** What is being tried between two steps, in words for the person. */
  readonly progress: (login: string, doing: string) => void;
}

/** Steps that wait for something outside, not for an answer: the login goes on by itself once it has happened. */
const waitsOutside = (step: LoginStep): boolean =>
  step.show === 'qr' || step.show === 'code' || step.show === 'browser';

/** One login from its first step to its end. Answers are taken one at a time. */
export class Login {
  readonly id = randomUUID();
  readonly #options: LoginOptions;
  readonly #abort = new AbortController();
  readonly #steps: AsyncGenerator<LoginStep, LoginDone, LoginAnswers>;
  #view: LoginView;
  #busy = false;
  #idle = new AbortController();

  constructor(options: LoginOptions) {
    this.#options = options;
    this.#view = { login: this.id, step: null, account: null, error: null };
    this.#steps = options.channel.login(options.flow, {
      ...options.environment,
      signal: this.#abort.signal,
      progress: (doing) => {
        // An attempt that was left behind has nothing to say any more.
        if (!this.over) options.progress(this.id, doing);
      },
    });
  }

  get over(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Resolves with the next step, or with the end: an account, or the reason why not. Rejects while a step is being worked on. */
  async answer(answers: LoginAnswers): Promise<LoginView> {
    if (this.over) throw new CallError('not-found', 'This login has ended. Begin anew.');
    if (this.#busy) throw new CallError('busy', 'The last answer is still being checked.', { retryable: true });
    return this.#advance(answers);
  }

  /** Ends it; nothing of it is left open. */
  async cancel(): Promise<void> {
    if (this.over) return;
    this.#abort.abort(new ChannelError('cancelled', 'not-done', 'The login was cancelled.'));
    this.#idle.abort();
    await settlesWithin(this.#options.environment.clock, this.#steps[Symbol.asyncDispose](), endWithin);
  }

  async #advance(answers: LoginAnswers): Promise<LoginView> {
    this.#busy = true;
    this.#idle.abort();
    const next = this.#steps.next(answers);
    const result = await Promise.race([
      next.then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      ),
      aborted(this.#abort.signal).then(() => ({ error: this.#abort.signal.reason as unknown })),
    ]);
    this.#busy = false;
    this.#view = await this.#viewOf(result);
    if (this.#view.step === null) this.#end();
    else if (waitsOutside(this.#view.step)) void this.#goOn();
    else this.#startIdle();
    return this.#view;
  }

  async #viewOf(result: { value: IteratorResult<LoginStep, LoginDone> } | { error: unknown }): Promise<LoginView> {
    const ended = { login: this.id, step: null, account: null, error: null };
    if ('error' in result) return { ...ended, error: this.#wordsFor(result.error) };
    if (!result.value.done) return { ...ended, step: result.value.value };
    try {
      return { ...ended, account: await this.#options.done(result.value.value) };
    } catch (error) {
      return { ...ended, error: this.#wordsFor(error) };
    }
  }

  /** While the person scans or visits: the generator waits, and each thing it says next is pushed to the windows. */
  async #goOn(): Promise<void> {
    const view = await this.#advance({});
    this.#options.changed(view);
  }

  #end(): void {
    if (!this.over) this.#abort.abort();
    this.#idle.abort();
  }

  #startIdle(): void {
    this.#idle = new AbortController();
    const { clock } = this.#options.environment;
    const { signal } = this.#idle;
    void pause(clock, idleFor, signal).then(async () => {
      if (signal.aborted) return;
      await this.cancel();
      this.#options.changed({ ...this.#view, step: null, error: 'The login was left alone for too long.' });
    });
  }

  #wordsFor(error: unknown): string {
    if (error instanceof ChannelError || error instanceof CallError) return error.message;
    this.#options.environment.log.error('A login broke', { error: wordsOf(error) });
    return 'The login failed inside. Nothing was saved; try again.';
  }
}
