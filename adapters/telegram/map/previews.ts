import { childOf, longOf, type Plain } from '../remote/plain.ts';

/** How many messages whose preview is on its way are kept in mind. */
const most = 200;

/**
 * What a link leads to is often looked up only once the message is there; then it is told by itself, without the message
 * (core.telegram.org/constructor/webPagePending, /constructor/updateWebPage).
 */
export class Previews {
  readonly #awaited = new Map<string, readonly Plain[]>();

  note(message: Plain): void {
    const page = childOf(childOf(message, 'media'), 'webpage');
    const id = longOf(page, 'id');
    if (page?._ !== 'WebPagePending' || id === undefined) return;
    const others = (this.#awaited.get(id) ?? []).filter((one) => one.id !== message.id);
    this.#awaited.delete(id);
    this.#awaited.set(id, [...others, message].slice(-most));
    const [oldest] = this.#awaited.keys();
    if (this.#awaited.size > most && oldest !== undefined) this.#awaited.delete(oldest);
  }
  /** The messages that waited for it, with it. */
  arrived(page: Plain | undefined): readonly Plain[] {
    const id = longOf(page, 'id');
    if (page?._ !== 'WebPage' || id === undefined) return [];
    return (this.#awaited.get(id) ?? []).map((message) => ({
      ...message,
      media: { ...childOf(message, 'media'), webpage: page },
    }));
  }
}
