import type { Page } from 'playwright-core';

/** So many may be on their way at once: then the page is behind, and whoever makes events waits for it. */
const mostOnTheWay = 5;

interface Probe {
  /** When it set out, Unix ms. */
  at: number;
  /** The network has to be asked for it. */
  readonly asked: boolean;
  readonly seen: () => void;
  readonly done: Promise<void>;
}

/** One that has arrived. */
export interface Way {
  /** When it was in the page, Unix ms. */
  readonly at: number;
  readonly ms: number;
  /** Its network had to be asked for it, and does not tell by itself. */
  readonly asked: boolean;
}

/**
 * Messages whose way is timed, to the moment they are in the page: from the moment somebody writes them where the network
 * tells by itself, and from the answer that has them where it has to be asked.
 */
export class Probes {
  readonly seen: Way[] = [];
  readonly #onTheWay = new Map<string, Probe>();
  #count = 0;

  static async watch(page: Page): Promise<Probes> {
    const probes = new Probes();
    await page.exposeFunction('probeSeen', (text: string, at: number) => probes.#arrived(text, at));
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
  async send(say: (text: string) => Promise<number> | undefined): Promise<void> {
    // Until the network is asked may take a while: nobody writes again before.
    if (this.#onTheWay.values().some(({ asked }) => asked)) return;
    while (this.#onTheWay.size >= mostOnTheWay) await this.#first();
    this.#count++;
    const text = `probe ${this.#count};`;
    const { promise: done, resolve: seen } = Promise.withResolvers<void>();
    const at = Date.now();
    const handedOut = say(text);
    const probe: Probe = { at, asked: handedOut !== undefined, seen, done };
    this.#onTheWay.set(text, probe);
    void handedOut?.then((out) => {
      probe.at = out;
    });
  }
  /** Resolves when none is on its way any more. */
  async all(): Promise<void> {
    while (this.#onTheWay.size > 0) await this.#first();
  }

  async #first(): Promise<void> {
    const [first] = this.#onTheWay.values();
    await first?.done;
  }
  #arrived(text: string, at: number): void {
    const probe = this.#onTheWay.get(text);
    if (!probe) return;
    this.seen.push({ at, ms: at - probe.at, asked: probe.asked });
    this.#onTheWay.delete(text);
    probe.seen();
  }
}
