import { withheld } from '../withheld.ts';

/** What the machine's host withheld, stretch by stretch, from the beginning to `end`. */
export class Stretches {
  readonly #shares: { readonly until: number; readonly share: number }[] = [];
  readonly #timer: NodeJS.Timeout;
  #share = withheld();

  constructor(ms: number) {
    this.#timer = setInterval(() => this.#note(), ms).unref();
  }
  end(): void {
    clearInterval(this.#timer);
    this.#note();
  }
  /** 0 to 1, of the stretch that `at`, Unix ms, lies in. */
  shareAt(at: number): number {
    return this.#shares.find(({ until }) => at <= until)?.share ?? 0;
  }

  #note(): void {
    this.#shares.push({ until: Date.now(), share: this.#share() ?? 0 });
    this.#share = withheld();
  }
}
