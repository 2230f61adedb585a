import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AccountView, ChannelView, Counts, LabelView } from '../../../src-shared/ipc/index.ts';
import type { AccountId, ConversationId, LabelId } from '../../../src-shared/model/index.ts';
import type { Client } from '../../client/index.ts';
import { newest } from '../../state/newest.ts';

export interface AccountsState {
  /** Null until first known: an empty inbox and an unknown one look different. */
  readonly accounts: readonly AccountView[] | null;
  readonly channels: readonly ChannelView[];
  readonly labels: readonly LabelView[];
  readonly counts: Counts | null;
  loadAccounts(): Promise<void>;
  loadChannels(): Promise<void>;
  loadLabels(): Promise<void>;
  /** @param reading counts as read: it is before the person's eyes */
  loadCounts(reading?: ConversationId): Promise<void>;
}

export function createAccountsStore(client: Client): StoreApi<AccountsState> {
  return createStore<AccountsState>()((set) => {
    /** Asked by whoever has changed something, too: an answer that was overtaken shows nothing. */
    const asked = { accounts: newest(), channels: newest(), labels: newest(), counts: newest() };
    const load = async <K extends keyof typeof asked>(what: K, answer: Promise<AccountsState[K]>): Promise<void> => {
      const isNews = asked[what]();
      const value = await answer;
      if (isNews()) set({ [what]: value });
    };
    return {
      accounts: null,
      channels: [],
      labels: [],
      counts: null,
      loadAccounts: () => load('accounts', client.call('accounts.list', {})),
      loadChannels: () => load('channels', client.call('channels.list', {})),
      loadLabels: () => load('labels', client.call('labels.list', {})),
      loadCounts: (reading) => load('counts', client.call('inbox.counts', reading === undefined ? {} : { reading })),
    };
  });
}

export const accountOf = (state: AccountsState, id: AccountId | null): AccountView | undefined =>
  state.accounts?.find((account) => account.id === id);
export const labelOf = (state: AccountsState, id: LabelId): LabelView | undefined =>
  state.labels.find((label) => label.id === id);
export const channelOf = (state: AccountsState, id: string): ChannelView | undefined =>
  state.channels.find((channel) => channel.id === id);
