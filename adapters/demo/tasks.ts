import type { SessionContext } from '../../src-shared/channel.ts';

/** Everything a session does on its own, ended together and waited for. */
export class Tasks {
  readonly #controller = new AbortController();
  readonly #running = new Set<Promise<void>>();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }
  /** Ends with `signal`. */
  follow(signal: AbortSignal): void {
    if (signal.aborted) this.#controller.abort(signal.reason);
    else signal.addEventListener('abort', () => this.#controller.abort(signal.reason), { once: true });
  }
  /** Runs until it is done or the session ends; what else goes wrong is logged and reported as the account's state. */
  start(name: string, work: (signal: AbortSignal) => Promise<void>, context: SessionContext): void {
    const { signal } = this.#controller;
    if (signal.aborted) return;
    const run = work(signal).catch((cause: unknown) => {
      if (signal.aborted) return;
      context.log.error(`demo: ${name} stopped`, { cause: String(cause) });
      context.state({ is: 'offline', message: `The demo world stumbled (${name}).` });
    });
    const kept: Promise<void> = run.finally(() => this.#running.delete(kept));
    this.#running.add(kept);
  }
  /** Resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.#controller.abort(new DOMException('the session is over', 'AbortError'));
    await Promise.all(this.#running);
  }
}
