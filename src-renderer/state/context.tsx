import { createContext, type ReactNode, use } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Workspace } from './workspace.ts';

const Context = createContext<Workspace | null>(null);

export function WorkspaceProvider({ workspace, children }: { workspace: Workspace; children: ReactNode }) {
  return <Context value={workspace}>{children}</Context>;
}
/** The window's workspace. Throws outside of a `WorkspaceProvider`. */
export function useWorkspace(): Workspace {
  const workspace = use(Context);
  if (!workspace) throw new Error('No workspace around this component');
  return workspace;
}
/** The states of all stores, by the store's name. */
type States = {
  [K in keyof Workspace as Workspace[K] extends StoreApi<infer _S> ? K : never]: Workspace[K] extends StoreApi<infer S>
    ? S
    : never;
};
type Stores = { readonly [K in keyof States]: StoreApi<States[K]> };

/** What `select` picks from one feature's store, kept up to date. */
export function useFeature<K extends keyof States, T>(name: K, select: (state: States[K]) => T): T {
  const stores: Stores = useWorkspace();
  const store: StoreApi<States[K]> = stores[name];
  return useStore(store, select);
}
