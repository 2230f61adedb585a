import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FileKind, FileRow } from '../../../src-shared/ipc/index.ts';
import type { AccountId, ConversationId, PersonId } from '../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';

export interface FilesFilter {
  readonly text: string;
  readonly kind: FileKind | null;
  readonly account: AccountId | null;
  readonly minBytes: number | null;
  /** With the name to show for it. */
  readonly person: { readonly id: PersonId; readonly name: string } | null;
  readonly conversation: { readonly id: ConversationId; readonly title: string } | null;
}
export interface FilesState {
  readonly filter: FilesFilter;
  readonly files: readonly FileRow[];
  readonly ready: boolean;
  readonly more: boolean;
  readonly error: string | null;
  narrow(filter: Partial<FilesFilter>): Promise<void>;
  load(): Promise<void>;
  loadMore(): Promise<void>;
}
const pageSize = 60;
export const noFilter: FilesFilter = {
  text: '',
  kind: null,
  account: null,
  minBytes: null,
  person: null,
  conversation: null,
};

const queryOf = (filter: FilesFilter) => ({
  ...(filter.text.trim() === '' ? {} : { text: filter.text }),
  ...(filter.kind === null ? {} : { kind: filter.kind }),
  ...(filter.account === null ? {} : { account: filter.account }),
  ...(filter.minBytes === null ? {} : { minBytes: filter.minBytes }),
  ...(filter.person === null ? {} : { person: filter.person.id }),
  ...(filter.conversation === null ? {} : { conversation: filter.conversation.id }),
});

/** The files of all messages, a page at a time; an answer to an older question never replaces a newer one's. */
export function createFilesStore(client: Client): StoreApi<FilesState> {
  return createStore<FilesState>()((set, get) => {
    let generation = 0;
    let next: string | undefined;
    let loadingMore = false;
    const load = async (): Promise<void> => {
      const mine = ++generation;
      try {
        const page = await client.call('files.page', { ...queryOf(get().filter), limit: pageSize });
        if (mine !== generation) return;
        next = page.next;
        set({ files: page.files, more: next !== undefined, ready: true, error: null });
      } catch (error) {
        if (mine === generation) set({ ready: true, error: errorMessage(error) });
      }
    };
    return {
      filter: noFilter,
      files: [],
      ready: false,
      more: false,
      error: null,
      load,
      async narrow(filter) {
        set({ filter: { ...get().filter, ...filter } });
        await load();
      },
      async loadMore() {
        if (next === undefined || loadingMore) return;
        const mine = generation;
        loadingMore = true;
        try {
          const page = await client.call('files.page', { ...queryOf(get().filter), cursor: next, limit: pageSize });
          if (mine !== generation) return;
          next = page.next;
          set({ files: [...get().files, ...page.files], more: next !== undefined });
        } finally {
          loadingMore = false;
        }
      },
    };
  });
}
