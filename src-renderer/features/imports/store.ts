import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ImportView } from '../../../src-shared/ipc/index.ts';
import type { ImportId } from '../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';
import { newest } from '../../state/newest.ts';

export interface ImportsState {
  readonly imports: readonly ImportView[];
  readonly error: string | null;
  load(): Promise<void>;
  start(path: string): Promise<boolean>;
  /** A file dropped on the page: sent to the host first, where it is a page of the Node host. */
  startFile(file: File): Promise<boolean>;
  cancel(id: ImportId): Promise<void>;
  resume(id: ImportId): Promise<void>;
}
export type Upload = (file: File) => Promise<string>;

export function createImportsStore(client: Client, upload: Upload): StoreApi<ImportsState> {
  const isNews = newest();
  /** What is told of each while a list is on its way is newer than that list. */
  const hearing = new Set<Map<ImportId, ImportView>>();
  const list = async (): Promise<readonly ImportView[]> => {
    const heard = new Map<ImportId, ImportView>();
    hearing.add(heard);
    const imports = await client.call('import.list', {}).finally(() => hearing.delete(heard));
    const unlisted = [...heard.values()].filter(({ id }) => !imports.some((one) => one.id === id));
    return [...unlisted, ...imports.map((one) => heard.get(one.id) ?? one)];
  };
  const store = createStore<ImportsState>()((set, get) => {
    const tried = async (work: () => Promise<unknown>): Promise<boolean> => {
      set({ error: null });
      try {
        await work();
        await get().load();
        return true;
      } catch (error) {
        set({ error: errorMessage(error) });
        return false;
      }
    };
    return {
      imports: [],
      error: null,
      async load() {
        const news = isNews();
        const imports = await list();
        if (news()) set({ imports });
      },
      start: (path) => tried(() => client.call('import.start', { path })),
      startFile: (file) =>
        tried(async () =>
          client.call('import.start', { path: await upload(file), label: file.name.replace(/\.[^.]+$/, '') }),
        ),
      cancel: async (id) => void (await tried(() => client.call('import.cancel', { import: id }))),
      resume: async (id) => void (await tried(() => client.call('import.resume', { import: id }))),
    };
  });
  client.on('import', (view) => {
    for (const heard of hearing) heard.set(view.id, view);
    const { imports } = store.getState();
    const known = imports.some((one) => one.id === view.id);
    store.setState({ imports: known ? imports.map((one) => (one.id === view.id ? view : one)) : [view, ...imports] });
  });
  return store;
}
