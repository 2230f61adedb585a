/** So many at a time, the rest in the order they came. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #free: number;
  constructor(most: number) {
    this.#free = most;
  }
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((go) => this.#waiting.push(go));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
