import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MessageView } from '../../../src-shared/ipc/index.ts';
import type { AttachmentId, ConversationId, MessageId, PersonId } from '../../../src-shared/model/index.ts';
import type { Client } from '../../client/index.ts';
import type { Surface } from './surface.ts';

/** What the person does with the conversation that is open: looks for words in it, looks at pictures, edits, reacts. */
export interface ReaderState {
  readonly finding: Finding | null;
  /** The fourth pane: whom one is talking to. */
  readonly details: boolean;
  readonly jumping: boolean;
  readonly editing: MessageId | null;
  readonly reacting: MessageId | null;
  /** Where the message stands that is edited or reacted to. */
  readonly surface: Surface;
  /** Whom the details are about, where somebody was pointed out. */
  readonly person: PersonId | null;
  /** The picture or film that is looked at in full. */
  readonly looking: AttachmentId | null;
  /** Where one was before following replies, the last one last. */
  readonly cameFrom: readonly MessageId[];
  /** Answers whether its hits are those to look at: other words, or none, may have been looked for since. */
  find(text: string, conversation: ConversationId): Promise<boolean>;
  /** The next hit towards the newer messages, or the older ones; round and round. */
  step(by: 1 | -1): MessageId | null;
  set(
    change: Partial<
      Pick<ReaderState, 'details' | 'jumping' | 'editing' | 'reacting' | 'surface' | 'person' | 'looking' | 'cameFrom'>
    >,
  ): void;
  openFinder(): void;
  closeFinder(): void;
  /** Another conversation is shown: all of this was about the former one. */
  reset(): void;
}
export interface Finding {
  readonly text: string;
  /** Oldest first. */
  readonly hits: readonly MessageId[];
  /** There are more hits than are listed. */
  readonly more: boolean;
  /** Which hit is shown; -1 before any is. */
  readonly at: number;
  readonly busy: boolean;
}
const nothing: Finding = { text: '', hits: [], more: false, at: -1, busy: false };
const mostHits = 200;
/** Of a conversation that has just been opened. */
const untouched = {
  finding: null,
  jumping: false,
  editing: null,
  reacting: null,
  surface: 'messages',
  person: null,
  looking: null,
  cameFrom: [],
} satisfies Partial<ReaderState>;

export function createReaderStore(client: Client): StoreApi<ReaderState> {
  return createStore<ReaderState>()((set, get) => {
    let searches = 0;
    return {
      ...untouched,
      details: false,
      async find(text, conversation) {
        if (text.trim() === '') {
          searches++;
          set({ finding: { ...nothing, text } });
          return false;
        }
        set({ finding: { ...(get().finding ?? nothing), text, busy: true } });
        const mine = ++searches;
        const search = client.call('search.query', { text, conversation, order: 'newest', limit: mostHits });
        const result = await search.catch((error: unknown) => {
          const { finding } = get();
          if (mine === searches && finding) set({ finding: { ...finding, busy: false } });
          throw error;
        });
        if (mine !== searches || get().finding?.text !== text) return false;
        const hits = result.hits.map((hit) => hit.message).reverse();
        set({ finding: { text, hits, more: result.next !== undefined, at: -1, busy: false } });
        return true;
      },
      step(by) {
        const { finding } = get();
        if (!finding || finding.hits.length === 0) return null;
        const { hits, at } = finding;
        // The first step shows the newest hit: what one looks for is mostly not long ago.
        const next = at < 0 ? hits.length - 1 : (at + by + hits.length) % hits.length;
        set({ finding: { ...finding, at: next } });
        return hits[next] ?? null;
      },
      set: (change) => set(change),
      openFinder: () => set({ finding: get().finding ?? nothing }),
      closeFinder: () => set({ finding: null }),
      reset: () => {
        searches++;
        set(untouched);
      },
    };
  });
}

/** One's own words that have arrived; a letter once sent stays as it is. */
export const canEdit = (message: MessageView): boolean =>
  message.fromMe &&
  !message.removed &&
  !message.system &&
  message.parts.some((part) => part.kind === 'text' && part.format !== 'html') &&
  !['queued', 'sending', 'failed', 'unknown', 'cancelled'].includes(message.delivery?.state ?? 'sent');
