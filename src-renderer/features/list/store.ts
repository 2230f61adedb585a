import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConversationRow, Input } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';
import type { Place } from '../navigation/place.ts';
import { applyPatches, type Patch, replaceBeginning, type Sort } from './merge.ts';

export interface ListFilter {
  readonly unread: boolean;
  readonly hasAttachment: boolean;
  readonly sort: Sort;
}
export interface ListState {
  readonly place: Place | null;
  readonly filter: ListFilter;
  readonly rows: readonly ConversationRow[];
  /** False until the first page is there. */
  readonly ready: boolean;
  readonly more: boolean;
  readonly error: string | null;
  /** The row the keys act on. */
  readonly cursor: ConversationId | null;
  readonly selected: ReadonlySet<ConversationId>;
  show(place: Place): Promise<void>;
  setFilter(filter: Partial<ListFilter>): Promise<void>;
  loadMore(): Promise<void>;
  refresh(ids?: readonly ConversationId[]): Promise<void>;
  patch(patch: Patch): () => void;
  moveTo(id: ConversationId | null): void;
  toggle(id: ConversationId): void;
  clearSelection(): void;
}
const pageSize = 60;
const refreshSize = 200;
/** Rows behind the refreshed beginning are asked for one by one, up to this many. */
const singles = 20;
const noFilter: ListFilter = { unread: false, hasAttachment: false, sort: 'newest' };

const queryOf = (place: Place, filter: ListFilter): Input<'inbox.page'> => ({
  ...(place.is === 'view' ? { view: place.view } : {}),
  ...(place.is === 'view' && place.account !== null ? { account: place.account } : {}),
  ...(place.is === 'label' ? { label: place.label } : {}),
  ...(place.is === 'notifications' ? { view: 'inbox', unread: true } : {}),
  ...(place.is === 'people' && place.person !== null ? { person: place.person } : {}),
  ...(filter.unread ? { unread: true } : {}),
  ...(filter.hasAttachment ? { hasAttachment: true } : {}),
  sort: filter.sort,
});

/** The conversations of one place, newest page first, the rest as one scrolls. */
export function createListStore(client: Client): StoreApi<ListState> {
  return createStore<ListState>()((set, get) => {
    let base: readonly ConversationRow[] = [];
    let next: string | undefined;
    let patches: readonly Patch[] = [];
    /** Grows with each place or filter; answers of an earlier one are dropped. */
    let generation = 0;
    let loadingMore = false;

    const publish = (more: Partial<ListState> = {}): void =>
      set({ rows: applyPatches(base, patches), more: next !== undefined, ...more });

    const first = async (): Promise<void> => {
      const { place, filter } = get();
      if (!place) return;
      const mine = ++generation;
      try {
        const page = await client.call('inbox.page', { ...queryOf(place, filter), limit: pageSize });
        if (mine !== generation) return;
        base = page.rows;
        next = page.next;
        publish({ ready: true, error: null });
      } catch (error) {
        if (mine === generation) set({ ready: true, error: errorMessage(error) });
      }
    };
    const refreshSingles = async (
      ids: readonly ConversationId[],
      fresh: ReadonlySet<ConversationId>,
    ): Promise<void> => {
      const wanted = ids.filter((id) => !fresh.has(id) && base.some((row) => row.id === id)).slice(0, singles);
      const views = await Promise.all(wanted.map((conversation) => client.call('conversation.get', { conversation })));
      const { place } = get();
      const gone = new Set<ConversationId>();
      const found = new Map<ConversationId, ConversationRow>();
      views.forEach((view, index) => {
        const id = wanted[index];
        if (id === undefined) return;
        const left = place?.is === 'view' && place.view === 'inbox' && view !== null && !view.inInbox;
        if (view && !left) found.set(id, view);
        else gone.add(id);
      });
      base = base.flatMap((row) => (gone.has(row.id) ? [] : [found.get(row.id) ?? row]));
    };
    return {
      place: null,
      filter: noFilter,
      rows: [],
      ready: false,
      more: false,
      error: null,
      cursor: null,
      selected: new Set(),
      async show(place) {
        base = [];
        next = undefined;
        set({
          place,
          rows: [],
          ready: false,
          more: false,
          error: null,
          cursor: null,
          selected: new Set(),
          filter: noFilter,
        });
        await first();
      },
      async setFilter(filter) {
        set({ filter: { ...get().filter, ...filter } });
        await first();
      },
      async loadMore() {
        const { place, filter } = get();
        if (!place || next === undefined || loadingMore) return;
        loadingMore = true;
        const mine = generation;
        try {
          const page = await client.call('inbox.page', { ...queryOf(place, filter), cursor: next, limit: refreshSize });
          if (mine !== generation) return;
          const known = new Set(base.map((row) => row.id));
          base = [...base, ...page.rows.filter((row) => !known.has(row.id))];
          next = page.next;
          publish();
        } catch (error) {
          if (mine === generation) set({ error: errorMessage(error) });
        } finally {
          loadingMore = false;
        }
      },
      async refresh(ids) {
        const { place, filter } = get();
        if (!place) return;
        if (!get().ready) return first();
        const mine = generation;
        const limit = Math.min(refreshSize, Math.max(pageSize, base.length));
        const page = await client.call('inbox.page', { ...queryOf(place, filter), limit });
        if (mine !== generation) return;
        const merged = replaceBeginning(base, page.rows, page.next !== undefined, filter.sort);
        base = merged.rows;
        if (!merged.keptTail) next = page.next;
        if (merged.keptTail && ids) await refreshSingles(ids, new Set(page.rows.map((row) => row.id)));
        if (mine === generation) publish({ error: null });
      },
      patch(patch) {
        patches = [...patches, patch];
        publish();
        return () => {
          patches = patches.filter((other) => other !== patch);
          publish();
        };
      },
      moveTo: (cursor) => set({ cursor }),
      toggle(id) {
        const selected = new Set(get().selected);
        if (!selected.delete(id)) selected.add(id);
        set({ selected });
      },
      clearSelection: () => set({ selected: new Set() }),
    };
  });
}
