/** Work that goes on by itself until the session is over. */
export class Tasks {
  readonly #running = new Set<Promise<void>>();

  /** `work` handles its own failures; what escapes goes to `failed`. */
  start(work: () => Promise<void>, failed: (error: unknown) => void): void {
    const running: Promise<void> = work()
      .catch(failed)
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
  async ended(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
