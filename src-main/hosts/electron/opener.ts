import type { WebContents } from 'electron';
import type { Events } from '../../../src-shared/ipc/index.ts';

export type Opening = Events['open'];

/**
 * What the system wants shown goes to one window, once. Until that window's page has asked for what it missed, openings
 * wait: a page that is still loading hears no events.
 */
export class Opener {
  readonly #target: () => WebContents | undefined;
  #waiting: Opening[] = [];
  #listening: WebContents | undefined;

  constructor(target: () => WebContents | undefined) {
    this.#target = target;
  }
  open(opening: Opening): void {
    const contents = this.#target();
    if (contents === undefined || contents !== this.#listening || contents.isDestroyed()) this.#waiting.push(opening);
    else contents.send('carillon:event', 'open', opening);
  }
  /** The page listens from now on; answers what waited for it. Another window than the target gets nothing. */
  listens(contents: WebContents): readonly Opening[] {
    if (contents !== this.#target()) return [];
    this.#listening = contents;
    return this.#waiting.splice(0);
  }
  /** The page is being replaced: what comes now waits for the next one. */
  leaves(contents: WebContents): void {
    if (this.#listening === contents) this.#listening = undefined;
  }
}
