import type { MessagePage, MessageView } from '../../../src-shared/ipc/index.ts';
import type { MessageId } from '../../../src-shared/model/index.ts';
import { mergeMessages } from './merge.ts';

/** A stretch of a conversation without holes, oldest first, with the cursors to go on from either end. */
export interface Run {
  readonly messages: readonly MessageView[];
  readonly older: string | undefined;
  readonly newer: string | undefined;
}
/** Messages kept in the page, about; those further away are let go and fetched again. */
export const mostHeld = 200;

/** A run with a page that touches or overlaps it; what the page holds is the fresher. */
export function withPage(run: Run, page: MessagePage): Run {
  if (page.messages.length === 0) return run;
  const merged = mergeMessages(run.messages, page.messages, { first: !page.older, last: !page.newer });
  const messages = isSame(run.messages, merged) ? run.messages : merged;
  return {
    messages,
    older: messages[0]?.id === page.messages[0]?.id ? page.older : run.older,
    newer: messages.at(-1)?.id === page.messages.at(-1)?.id ? page.newer : run.newer,
  };
}
const isSame = (before: readonly MessageView[], now: readonly MessageView[]): boolean =>
  before.length === now.length && before.every((message, index) => message === now[index]);
export const overlaps = (run: Run, page: MessagePage): boolean => {
  const held = new Set(run.messages.map((message) => message.id));
  return page.messages.some((message) => held.has(message.id));
};

/** Where pages ended: from there one can go on again once what lies beyond was let go. */
export class Edges {
  readonly #older = new Map<MessageId, string>();
  readonly #newer = new Map<MessageId, string>();

  note({ messages, older, newer }: MessagePage): void {
    const [first, last] = [messages[0], messages.at(-1)];
    if (first && older !== undefined) this.#older.set(first.id, older);
    if (last && newer !== undefined) this.#newer.set(last.id, newer);
  }

  /** Lets go of what is too much at one end, up to where a page ended. */
  trimmed(run: Run, end: 'oldest' | 'newest'): Run {
    const { messages } = run;
    if (messages.length <= mostHeld) return run;
    if (end === 'newest') {
      const at = messages.findLastIndex((message, index) => index < mostHeld && this.#newer.has(message.id));
      const last = messages[at];
      return last ? { ...run, messages: messages.slice(0, at + 1), newer: this.#newer.get(last.id) } : run;
    }
    const from = messages.length - mostHeld;
    const at = messages.findIndex((message, index) => index >= from && this.#older.has(message.id));
    const first = messages[at];
    return first ? { ...run, messages: messages.slice(at), older: this.#older.get(first.id) } : run;
  }
}
