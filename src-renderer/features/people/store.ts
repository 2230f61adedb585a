import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PersonRow, PersonView } from '../../../src-shared/ipc/index.ts';
import type { PersonId } from '../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';
import type { Language } from '../../i18n/index.ts';
import { newest } from '../../state/newest.ts';

type Sort = 'recent' | 'name';
export interface PeopleState {
  readonly text: string;
  readonly sort: Sort;
  readonly people: readonly PersonRow[];
  readonly ready: boolean;
  readonly more: boolean;
  readonly error: string | null;
  /** The person looked at. */
  readonly person: PersonView | null;
  type(text: string): void;
  setSort(sort: Sort): void;
  load(): Promise<void>;
  loadMore(): Promise<void>;
  open(person: PersonId | null): Promise<void>;
  /** What is shown, anew: somebody was merged, renamed or heard of. */
  refresh(): Promise<void>;
  merge(into: PersonId, from: PersonId): Promise<void>;
}
const pageSize = 60;
const afterMs = 60;

export function createPeopleStore(client: Client, language: () => Language): StoreApi<PeopleState> {
  return createStore<PeopleState>()((set, get) => {
    let generation = 0;
    let next: string | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let loadingMore = false;
    /** Whose page is open: what is heard of anybody else comes too late. */
    let wanted: PersonId | null = null;
    const isNews = newest();
    const look = async (): Promise<void> => {
      if (wanted === null) return;
      const mine = wanted;
      const news = isNews();
      const person = await client.call('people.get', { person: mine });
      if (mine === wanted && news()) set({ person });
    };
    const ask = (limit: number, cursor?: string) =>
      client.call('people.page', {
        text: get().text,
        sort: get().sort,
        language: language(),
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      });
    const load = async (limit = pageSize): Promise<void> => {
      const mine = ++generation;
      try {
        const page = await ask(limit);
        if (mine !== generation) return;
        next = page.next;
        set({ people: page.people, more: next !== undefined, ready: true, error: null });
      } catch (error) {
        if (mine === generation) set({ ready: true, error: errorMessage(error) });
      }
    };
    return {
      text: '',
      sort: 'recent',
      people: [],
      ready: false,
      more: false,
      error: null,
      person: null,
      type(text) {
        clearTimeout(timer);
        set({ text });
        timer = setTimeout(() => void load(), afterMs);
      },
      setSort(sort) {
        set({ sort });
        void load();
      },
      load,
      async loadMore() {
        if (next === undefined || loadingMore) return;
        const mine = generation;
        loadingMore = true;
        try {
          const page = await ask(pageSize, next);
          if (mine !== generation) return;
          next = page.next;
          set({ people: [...get().people, ...page.people], more: next !== undefined });
        } finally {
          loadingMore = false;
        }
      },
      async open(person) {
        wanted = person;
        if (person === null || get().person?.id !== person) set({ person: null });
        await look();
      },
      async refresh() {
        const { ready, people } = get();
        if (ready) await load(Math.min(200, Math.max(pageSize, people.length)));
        await look();
      },
      async merge(into, from) {
        await client.call('people.merge', { into, from });
        // Whoever looks at somebody else by now is left there.
        if (wanted === into || wanted === from) await get().open(into);
        if (get().ready) await load();
      },
    };
  });
}
