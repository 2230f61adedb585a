import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SearchHit, SearchResult } from '../../../src-shared/ipc/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';

export interface SearchState {
  /** What stands in the box. */
  readonly text: string;
  readonly order: 'newest' | 'relevance';
  readonly result: SearchResult | null;
  readonly hits: readonly SearchHit[];
  readonly searching: boolean;
  readonly error: string | null;
  /** Index of the hit the keys act on; -1 while the box itself has the focus. */
  readonly cursor: number;
  type(text: string): void;
  setOrder(order: 'newest' | 'relevance'): void;
  loadMore(): Promise<void>;
  moveTo(cursor: number): void;
  clear(): void;
}
const afterMs = 60;
const pageSize = 50;

/** Search as one types; an answer to an older question never replaces a newer one's. */
export function createSearchStore(client: Client): StoreApi<SearchState> {
  return createStore<SearchState>()((set, get) => {
    let generation = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = async (): Promise<void> => {
      const mine = ++generation;
      const { text, order } = get();
      set({ searching: true });
      try {
        const result = await client.call('search.query', { text, order, facets: true, limit: pageSize });
        if (mine === generation) set({ result, hits: result.hits, searching: false, error: null, cursor: -1 });
      } catch (error) {
        if (mine === generation) set({ searching: false, error: errorMessage(error) });
      }
    };
    return {
      text: '',
      order: 'newest',
      result: null,
      hits: [],
      searching: false,
      error: null,
      cursor: -1,
      type(text) {
        clearTimeout(timer);
        if (text.trim() === '') {
          generation++;
          return set({ text, result: null, hits: [], searching: false, error: null, cursor: -1 });
        }
        set({ text });
        timer = setTimeout(() => void run(), afterMs);
      },
      setOrder(order) {
        set({ order });
        if (get().text.trim() !== '') void run();
      },
      async loadMore() {
        const { result, text, order, hits } = get();
        if (!result?.next) return;
        const mine = generation;
        const page = await client.call('search.query', { text, order, cursor: result.next, limit: pageSize });
        if (mine !== generation || get().result !== result) return;
        const { next: _old, ...rest } = result;
        set({ hits: [...hits, ...page.hits], result: page.next === undefined ? rest : { ...rest, next: page.next } });
      },
      moveTo: (cursor) => set({ cursor }),
      clear: () => get().type(''),
    };
  });
}
