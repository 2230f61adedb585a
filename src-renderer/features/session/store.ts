import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppInfo, Events, Settings, Topic } from '../../../src-shared/ipc/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';

export interface SessionState {
  readonly info: AppInfo | null;
  readonly settings: Settings | null;
  readonly hub: Events['hub']['is'];
  /** Why nothing could be loaded at all. */
  readonly failure: string | null;
  load(): Promise<void>;
  loadSettings(): Promise<void>;
  change(patch: Partial<Settings>): Promise<void>;
}

/** Who we talk to, whether it answers, and what the person chose. */
export function createSessionStore(client: Client): StoreApi<SessionState> {
  /** Changes the hub has not answered yet, and all there were. */
  let changing = 0;
  let changes = 0;
  /** What the hub last said, and to which change. */
  let told: { readonly to: number; readonly settings: Settings } | null = null;
  /** Somebody else changed them meanwhile, which no answer to a change of ours has to know. */
  let missed = false;
  return createStore<SessionState>()((set, get) => ({
    info: null,
    settings: null,
    hub: 'up',
    failure: null,
    async load() {
      try {
        const [info, settings] = await Promise.all([client.call('app.info', {}), client.call('settings.get', {})]);
        set({ info, settings, failure: null });
      } catch (error) {
        set({ failure: errorMessage(error) });
      }
    },
    async loadSettings() {
      const asked = changes;
      const settings = await client.call('settings.get', {});
      if (changing > 0) missed = true;
      else if (asked === changes) set({ settings });
    },
    async change(patch) {
      const before = get().settings;
      if (before) {
        // Nothing else is under way: what is shown is what the hub has.
        if (changing === 0) told = { to: changes, settings: before };
        set({ settings: { ...before, ...patch } });
      }
      changing++;
      const mine = ++changes;
      try {
        const settings = await client.call('settings.set', { patch });
        if (mine > (told?.to ?? 0)) told = { to: mine, settings };
      } finally {
        // An answer to an earlier change knows nothing of the later one that is shown already.
        if (--changing === 0) {
          if (told) set({ settings: told.settings });
          if (missed)
            void get()
              .loadSettings()
              .catch(() => undefined);
          missed = false;
        }
      }
    },
  }));
}

/** Publishes every `changed`, in order, and after a broken connection what was missed; `null` means everything. */
export function followChanges(
  client: Client,
  session: StoreApi<SessionState>,
  apply: (topics: readonly Topic[] | null) => void,
): () => void {
  let seen: { epoch: string; seq: number } | null = null;
  const catchUp = async (): Promise<void> => {
    const info = await client.call('app.info', {});
    if (seen === null || seen.epoch !== info.epoch) apply(null);
    else {
      const since = await client.call('app.since', seen);
      apply(since.reset ? null : since.topics);
    }
    seen = { epoch: info.epoch, seq: info.seq };
    session.setState({ info, hub: 'up' });
  };
  const stopInfo = session.subscribe(({ info }) => {
    if (info && seen?.epoch !== info.epoch) seen = { epoch: info.epoch, seq: info.seq };
  });
  const stopChanged = client.on('changed', ({ seq, topics }) => {
    if (seen) seen = { epoch: seen.epoch, seq: Math.max(seen.seq, seq) };
    apply(topics);
  });
  const stopHub = client.on('hub', ({ is }) => {
    session.setState({ hub: is });
    if (is === 'up') catchUp().catch(() => session.setState({ hub: 'down' }));
  });
  return () => {
    stopInfo();
    stopChanged();
    stopHub();
  };
}
