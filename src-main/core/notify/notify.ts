import type { ConversationId } from '../../../src-shared/model/index.ts';
import type { Arrival, Store } from '../../store/api.ts';
import type { Changes } from '../changes/index.ts';
import { readSettings } from '../settings/settings.ts';

/** So many notices at once; more would be noise, and the inbox shows them all. */
const most = 3;

/** What is in front of the person, window by window. */
export class Focus {
  readonly #shown = new Map<string, ConversationId>();

  set(window: string, conversation: ConversationId | null): void {
    if (conversation === null) this.#shown.delete(window);
    else this.#shown.set(window, conversation);
  }
  has(conversation: ConversationId): boolean {
    return [...this.#shown.values()].includes(conversation);
  }
}

/** Tells the person of new messages: never of muted conversations, nor of what is being looked at. */
export async function notify(
  arrivals: readonly Arrival[],
  options: { store: Store; changes: Changes; focus: Focus },
): Promise<void> {
  const worth = arrivals.filter((arrival) => !arrival.muted && !options.focus.has(arrival.conversation));
  if (worth.length === 0) return;
  const { notifications } = await readSettings(options.store);
  if (!notifications) return;
  for (const arrival of worth.slice(-most)) {
    const title =
      arrival.title && arrival.title !== arrival.author ? `${arrival.author} · ${arrival.title}` : arrival.author;
    const { preview: body, conversation, message } = arrival;
    options.changes.emit('notify', { title, body, conversation, message });
  }
}
