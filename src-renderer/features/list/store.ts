import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConversationRow } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';
import { inTurn } from '../../state/in-turn.ts';
import { newest } from '../../state/newest.ts';
import { shared } from '../../state/shared.ts';
import type { Place } from '../navigation/place.ts';
import { type ListFilter, noFilter, queryOf } from './filter.ts';
import { applyPatches, type Patch } from './merge.ts';
import { isBehind, isElsewhere } from './order.ts';
import { type Page, rowsOf, trimmed, withBeginning, without, withRows } from './pages.ts';
import { type Chosen, extended, isSelected, nothing, toggled } from './selection.ts';

export type { ListFilter } from './filter.ts';

export interface ListState extends Chosen {
  readonly place: Place | null;
  readonly filter: ListFilter;
  /** A stretch of the list without holes; the rest is fetched as one goes there. */
  readonly rows: readonly ConversationRow[];
  /** How many come before the first of `rows`, as far as is known. */
  readonly start: number;
  /** The length of the whole list, as far as is known. */
  readonly total: number;
  /** False until the first page is there. */
  readonly ready: boolean;
  /** Whether there are rows behind, and before, those that are here. */
  readonly more: boolean;
  readonly before: boolean;
  readonly error: string | null;
  /** The row the keys act on. */
  readonly cursor: ConversationId | null;
  show(place: Place): Promise<void>;
  setFilter(filter: Partial<ListFilter>): Promise<void>;
  loadMore(): Promise<void>;
  loadBefore(): Promise<void>;
  /** To the rows around a position of the whole list, wherever that is; with `land`, the cursor goes to the one there. */
  jump(position: number, land?: 'land'): Promise<void>;
  refresh(ids?: readonly ConversationId[]): Promise<void>;
  patch(patch: Patch): () => void;
  moveTo(id: ConversationId | null): void;
  toggle(id: ConversationId): void;
  /** Moves the cursor and takes the rows passed into the selection, or out of it on the way back. */
  extend(by: 1 | -1): void;
  selectTo(id: ConversationId): void;
  /** All rows that are here; asked a second time, everything that matches. */
  selectAll(): void;
  selectMatching(): void;
  selectUnread(): void;
  clearSelection(): void;
}
const pageSize = 60;
const refreshSize = 200;
/** What is new stands at the beginning: this many rows of it show what changed there. */
const newsSize = 10;
/** The length of the list is counted anew after things have been quiet for so long, ms; until then it is reckoned. */
const countedAfterMs = 400;
/** The most one call refreshes by name. */
const named = 1000;

/** The conversations of one place: the beginning first, the rest as one scrolls. */
export function createListStore(client: Client): StoreApi<ListState> {
  return createStore<ListState>()((set, get) => {
    let pages: readonly Page[] = [];
    let total = 0;
    let patches: readonly Patch[] = [];
    /** Grows with each place, filter and jump; answers of an earlier one are dropped. */
    let generation = 0;
    let loading: 'more' | 'before' | null = null;

    const publish = (more: Partial<ListState> = {}): void => {
      const base = rowsOf(pages);
      const rows = applyPatches(base, patches);
      const start = more.start ?? get().start;
      const onward = pages.at(-1)?.next !== undefined;
      // The end is here: then the length is known for certain.
      const length = onward ? Math.max(total, start + base.length + 1) : start + base.length;
      set({
        rows,
        more: onward,
        before: pages[0]?.previous !== undefined,
        ...more,
        start,
        total: Math.max(start + rows.length, length - (base.length - rows.length)),
      });
    };
    const question = () => {
      const { place, filter } = get();
      return place ? { ...queryOf(place, filter), sort: filter.sort } : null;
    };
    const isNews = newest();
    const countAll = async (): Promise<void> => {
      const asked = question();
      const mine = generation;
      const news = isNews();
      if (!asked) return;
      const { sort: _sort, ...filter } = asked;
      const answer = await client.call('inbox.total', filter).catch(() => null);
      if (mine !== generation || !answer || !news()) return;
      total = answer.total;
      publish();
    };
    /** @param land where in the whole list the cursor goes */
    const first = async (offset = 0, land?: number): Promise<void> => {
      const asked = question();
      if (!asked) return;
      const mine = ++generation;
      loading = null;
      try {
        const page = await client.call('inbox.page', {
          ...asked,
          ...(offset > 0 ? { offset } : {}),
          limit: offset > 0 || land !== undefined ? refreshSize : pageSize,
        });
        if (mine !== generation) return;
        pages = [page];
        total = Math.max(total, offset + page.rows.length);
        const start = page.previous === undefined ? 0 : offset;
        const landed = land === undefined ? undefined : (page.rows[land - start] ?? page.rows.at(-1));
        publish({ ready: true, error: null, start, ...(landed ? { cursor: landed.id } : {}) });
        if (page.next !== undefined || offset > 0) await countAll();
      } catch (error) {
        if (mine === generation) set({ ready: true, error: errorMessage(error) });
      }
    };
    const load = async (way: 'more' | 'before'): Promise<void> => {
      const asked = question();
      const cursor = way === 'more' ? pages.at(-1)?.next : pages[0]?.previous;
      if (!asked || cursor === undefined || loading !== null) return;
      loading = way;
      const mine = generation;
      try {
        const back = way === 'before';
        const page = await client.call('inbox.page', {
          ...asked,
          cursor,
          ...(back ? { back } : {}),
          limit: refreshSize,
        });
        if (mine !== generation) return;
        const added = without(page, pages);
        const { pages: kept, lost } = trimmed(back ? [added, ...pages] : [...pages, added], back ? 'end' : 'beginning');
        pages = kept;
        const { start } = get();
        const moved = back ? start - added.rows.length : start + lost;
        publish({ start: pages[0]?.previous === undefined ? 0 : Math.max(1, moved) });
      } catch (error) {
        if (mine === generation) set({ error: errorMessage(error) });
      } finally {
        if (mine === generation) loading = null;
      }
    };
    /**
     * Asks anew for rows by name: those that are here stay where they are, or go.
     * @returns whether one of them stands elsewhere now, or came in, where that could be seen
     */
    const refreshNamed = async (
      ids: readonly ConversationId[],
      fresh: ReadonlySet<ConversationId>,
    ): Promise<'in place' | 'moved'> => {
      const query = question();
      const mine = generation;
      const here = new Map(rowsOf(pages).map((row) => [row.id, row]));
      const only = ids.filter((id) => !fresh.has(id)).slice(0, named);
      if (!query || only.length === 0) return 'in place';
      const found = new Map<ConversationId, ConversationRow>();
      for (let from = 0; from < only.length; from += refreshSize) {
        const bite = only.slice(from, from + refreshSize);
        const page = await client.call('inbox.page', { ...query, only: bite, limit: refreshSize });
        if (mine !== generation) return 'in place';
        for (const row of page.rows) found.set(row.id, shared(here.get(row.id) ?? row, row));
      }
      pages = withRows(pages, found, new Set(only.filter((id) => !found.has(id))));
      const last = rowsOf(pages).at(-1);
      const inSight = (row: ConversationRow): boolean => !get().more || !last || !isBehind(query.sort)(row, last);
      return [...found.values()].some((row) => inSight(row) && isElsewhere(query.sort, here.get(row.id), row))
        ? 'moved'
        : 'in place';
    };
    let counting: ReturnType<typeof setTimeout> | undefined;
    const countSoon = (): void => {
      clearTimeout(counting);
      counting = setTimeout(() => void countAll(), countedAfterMs);
    };
    /** What the next refresh is about; undefined: everything. */
    let asked: Set<ConversationId> | undefined = new Set();
    const renew = async (ids: readonly ConversationId[] | undefined): Promise<void> => {
      const query = question();
      if (!query) return;
      if (!get().ready) return first();
      const mine = generation;
      const shown = rowsOf(pages);
      const fresh = new Set<ConversationId>();
      if (get().start === 0) {
        const all = Math.min(refreshSize, Math.max(pageSize, shown.length));
        const page = await client.call('inbox.page', { ...query, limit: ids === undefined ? all : newsSize });
        if (mine !== generation) return;
        // A row that is as it was stays the same object, and need not be drawn again.
        const known = new Map(shown.map((row) => [row.id, row]));
        const rows = page.rows.map((row) => shared(known.get(row.id) ?? row, row));
        pages = withBeginning(pages, { ...page, rows }, isBehind(query.sort));
        for (const row of page.rows) fresh.add(row.id);
      }
      const stands = await refreshNamed(ids ?? shown.map((row) => row.id), fresh);
      if (mine !== generation) return;
      if (stands === 'moved' && ids !== undefined) return renew(undefined);
      const grown = rowsOf(pages).length - shown.length;
      if (get().start === 0) {
        total += grown;
        publish({ error: null });
        if (get().more) countSoon();
        return;
      }
      const known = total;
      await countAll();
      if (mine !== generation) return;
      // What came or went, and did so out of this stretch, did so before it.
      const shift = total - known - grown;
      publish({ error: null, ...(known > 0 ? { start: Math.max(1, get().start + shift) } : {}) });
    };
    // Changes come in bursts: one look at a time, and the next one covers whatever came meanwhile.
    const renewInTurn = inTurn(() => {
      const ids = asked && [...asked];
      asked = new Set();
      return renew(ids);
    });
    const choose = (chosen: Partial<Chosen>): void => set(chosen);
    return {
      ...nothing,
      place: null,
      filter: noFilter,
      rows: [],
      start: 0,
      total: 0,
      ready: false,
      more: false,
      before: false,
      error: null,
      cursor: null,
      async show(place) {
        pages = [];
        total = 0;
        set({
          ...nothing,
          place,
          rows: [],
          start: 0,
          total: 0,
          ready: false,
          more: false,
          before: false,
          error: null,
          cursor: null,
          filter: { ...noFilter, sort: get().filter.sort },
        });
        await first();
      },
      async setFilter(filter) {
        total = 0;
        set({ ...nothing, filter: { ...get().filter, ...filter } });
        await first();
      },
      loadMore: () => load('more'),
      loadBefore: () => load('before'),
      jump(position, land) {
        // Where it stands already it is brought into sight all the same.
        if (land) set({ cursor: null });
        return first(Math.max(0, Math.floor(position - refreshSize / 2)), land && position);
      },
      refresh(ids) {
        if (ids === undefined) asked = undefined;
        else for (const id of ids) asked?.add(id);
        return renewInTurn();
      },
      patch(patch) {
        patches = [...patches, patch];
        publish();
        return () => {
          patches = patches.filter((other) => other !== patch);
          publish();
        };
      },
      moveTo: (cursor) => {
        if (cursor !== get().cursor) set({ cursor });
      },
      toggle: (id) => choose(toggled(get(), id)),
      extend(by) {
        const { rows, cursor } = get();
        const at = rows.findIndex((row) => row.id === cursor);
        const from = rows[Math.max(0, at)];
        const to = at < 0 ? from : rows[Math.min(rows.length - 1, Math.max(0, at + by))];
        if (!from || !to) return;
        const chosen = get();
        const begun = isSelected(chosen, from.id) ? chosen : { ...toggled(chosen, from.id) };
        set({ ...extended(begun, rows, from.id, to.id), cursor: to.id });
      },
      selectTo(id) {
        const { rows, cursor, anchor } = get();
        const from = cursor ?? anchor ?? id;
        set({ ...extended(get(), rows, from, id), cursor: id });
      },
      selectAll() {
        const { rows, selected } = get();
        if (rows.length > 0 && rows.every((row) => selected.has(row.id))) get().selectMatching();
        else choose({ ...nothing, selected: new Set(rows.map((row) => row.id)) });
      },
      selectMatching: () =>
        choose({ ...nothing, selected: new Set(get().rows.map((row) => row.id)), allMatching: get().rows.length > 0 }),
      selectUnread: () =>
        choose({
          ...nothing,
          selected: new Set(
            get()
              .rows.filter((row) => row.unread > 0)
              .map((row) => row.id),
          ),
        }),
      clearSelection: () => choose(nothing),
    };
  });
}
