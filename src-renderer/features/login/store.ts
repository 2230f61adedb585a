import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Check, LoginView } from '../../../src-shared/ipc/index.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';

export interface LoginState {
  readonly channel: string | null;
  /** Which of the channel's logins; null for its first. */
  readonly flow: string | null;
  readonly view: LoginView | null;
  readonly busy: boolean;
  readonly error: string | null;
  /** What is being tried while busy, in the channel's words. */
  readonly doing: string | null;
  /** The live test of the new account; null while it runs or before. */
  readonly checks: readonly Check[] | null;
  readonly testing: boolean;
  start(channel: string, options?: { flow?: string; account?: AccountId }): Promise<void>;
  answer(answers: Readonly<Record<string, string>>): Promise<void>;
  test(account: AccountId): Promise<void>;
  cancel(): void;
}

/** Walks one login from its first step to a tested account; the steps come from the channel. */
export function createLoginStore(client: Client): StoreApi<LoginState> {
  const empty = {
    channel: null,
    flow: null,
    view: null,
    busy: false,
    error: null,
    doing: null,
    checks: null,
    testing: false,
  };
  const store = createStore<LoginState>()((set, get) => {
    /** Grows with each login that is begun or left: what is answered to an earlier one is nothing to this. */
    let turn = 0;
    /** What was told of logins while an answer was on its way. */
    const told = new Map<string, LoginView>();
    const show = (view: LoginView): void => {
      set({ view, busy: false, error: view.error, doing: null });
      if (view.account !== null && !get().testing && get().checks === null) void get().test(view.account);
    };
    const tried = async (work: () => Promise<LoginView>): Promise<void> => {
      const mine = turn;
      const first = get().view === null;
      set({ busy: true, error: null, doing: null });
      told.clear();
      try {
        const answer = await work();
        const since = told.get(answer.login);
        // It went on by itself since, from its first step or to its end.
        const view = since && (first || since.step === null) ? since : answer;
        if (mine === turn) show(view);
        else if (view.account === null) void client.call('login.cancel', { login: view.login }).catch(() => undefined);
      } catch (error) {
        if (mine === turn) set({ busy: false, error: errorMessage(error), doing: null });
      }
    };
    client.on('login', (view) => {
      if (get().busy) told.set(view.login, view);
      if (view.login === get().view?.login) show(view);
    });
    client.on('login-progress', ({ login, doing }) => {
      const { busy, view } = get();
      // Before its first step a login has no name here yet.
      if (busy && (view === null || view.login === login)) set({ doing });
    });
    return {
      ...empty,
      async start(channel, options = {}) {
        get().cancel();
        set({ channel, flow: options.flow ?? null });
        await tried(() => client.call('login.start', { channel, ...options }));
      },
      async answer(answers) {
        const { view } = get();
        if (view) await tried(() => client.call('login.answer', { login: view.login, answers: { ...answers } }));
      },
      async test(account) {
        const mine = turn;
        set({ testing: true });
        try {
          const checks = await client.call('accounts.test', { account });
          if (mine === turn) set({ checks, testing: false });
        } catch (error) {
          if (mine === turn) set({ error: errorMessage(error), testing: false });
        }
      },
      cancel() {
        const { view } = get();
        turn++;
        if (view && view.account === null)
          void client.call('login.cancel', { login: view.login }).catch(() => undefined);
        set(empty);
      },
    };
  });
  return store;
}
