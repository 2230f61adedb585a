import type { Page } from 'playwright-core';

/** So many may be on their way at once: then the page is behind, and whoever makes events waits for it. */
const mostOnTheWay = 5;

/** Messages whose way is timed, from the moment somebody writes them on the network to the moment they are in the page. */
export class Probes {
  readonly times: number[] = [];
  readonly #onTheWay = new Map<
    string,
    { readonly at: number; readonly seen: () => void; readonly done: Promise<void> }
  >();
  #count = 0;

  static async watch(page: Page): Promise<Probes> {
    const probes = new Probes();
    await page.exposeFunction('probeSeen', (text: string, at: number) => probes.#seen(text, at));
    await page.evaluate(() => {
      const told = new Set<string>();
      const tell = (window as unknown as { probeSeen: (text: string, at: number) => void }).probeSeen;
      const look = (node: Node): void => {
        const element = node instanceof Element ? node : node.parentElement;
        if (!element?.closest('.messages')) return;
        for (const [text] of node.textContent?.matchAll(/probe \d+;/g) ?? []) {
          if (told.has(text)) continue;
          told.add(text);
          tell(text, Date.now());
        }
      };
      new MutationObserver((changes) => {
        for (const { target, addedNodes } of changes) {
          for (const node of addedNodes) look(node);
          if (target.nodeType === Node.TEXT_NODE) look(target);
        }
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    return probes;
  }

  /** Has somebody write; resolves at once unless too many are on their way. */
  async send(say: (text: string) => void): Promise<void> {
    while (this.#onTheWay.size >= mostOnTheWay) await this.#first();
    this.#count++;
    const text = `probe ${this.#count};`;
    const { promise: done, resolve: seen } = Promise.withResolvers<void>();
    this.#onTheWay.set(text, { at: Date.now(), seen, done });
    say(text);
  }
  /** Resolves when none is on its way any more. */
  async all(): Promise<void> {
    while (this.#onTheWay.size > 0) await this.#first();
  }

  async #first(): Promise<void> {
    const [first] = this.#onTheWay.values();
    await first?.done;
  }
  #seen(text: string, at: number): void {
    const probe = this.#onTheWay.get(text);
    if (!probe) return;
    this.times.push(at - probe.at);
    this.#onTheWay.delete(text);
    probe.seen();
  }
}
