import { z } from 'zod';
import type { SessionContext } from '../../../src-shared/channel.ts';
import { asBlobRef, asCursor, type BlobRef } from '../../../src-shared/model/index.ts';
import { ownEmojiScope } from '../ids.ts';
import type { OwnEmoji } from '../text/own-emoji.ts';

const Pictures = z.record(z.string(), z.string().transform(asBlobRef));
/** More than organisations draw; those met last are kept. */
const most = 1000;

/**
 * Where the pictures of the organisation's own emoji lie. Teams lets nobody but an administrator's program list them, so they
 * are known from the messages they were met in; that is kept, for a message is not read again after a restart.
 */
export class OwnEmojiMet {
  readonly #context: Pick<SessionContext, 'checkpoint' | 'emit'>;
  #loading: Promise<Map<string, BlobRef>> | undefined;

  constructor(context: Pick<SessionContext, 'checkpoint' | 'emit'>) {
    this.#context = context;
  }
  /** Undefined for one whose picture was never met. */
  async refOf(text: string): Promise<BlobRef | undefined> {
    return (await this.#all()).get(text);
  }
  async meet(emoji: readonly OwnEmoji[]): Promise<void> {
    const placed = emoji.filter(({ ref }) => ref !== undefined);
    if (placed.length === 0) return;
    const all = await this.#all();
    const more = placed.some(({ text }) => !all.has(text));
    // The last message to show it is the least likely to be gone.
    for (const { text, ref } of placed) if (ref !== undefined) all.set(text, ref);
    if (!more) return;
    for (const text of [...all.keys()].slice(0, Math.max(0, all.size - most))) all.delete(text);
    const cursor = asCursor(JSON.stringify(Object.fromEntries(all)));
    await this.#context.emit({ events: [], origin: 'history', checkpoint: { scope: ownEmojiScope, cursor } });
  }
  #all(): Promise<Map<string, BlobRef>> {
    this.#loading ??= this.#load();
    return this.#loading;
  }
  async #load(): Promise<Map<string, BlobRef>> {
    const written = await this.#context.checkpoint(ownEmojiScope);
    try {
      return new Map(Object.entries(Pictures.parse(JSON.parse(written ?? '{}'))));
    } catch {
      return new Map(); // what cannot be read is met again
    }
  }
}
