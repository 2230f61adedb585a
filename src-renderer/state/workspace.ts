import type { StoreApi } from 'zustand/vanilla';
import type { Topic } from '../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../client/index.ts';
import { type AccountsState, createAccountsStore } from '../features/accounts/store.ts';
import { type Actions, createActions } from '../features/actions/actions.ts';
import { followRefusals } from '../features/actions/refusals.ts';
import { createUndo, type UndoStack } from '../features/actions/undo.ts';
import { type ComposerState, createComposerStore } from '../features/composer/store.ts';
import { createReaderStore, type ReaderState } from '../features/conversation/reader.ts';
import { type ConversationState, createConversationStore } from '../features/conversation/store.ts';
import { createFilesStore, type FilesState } from '../features/files/store.ts';
import { createImportsStore, type ImportsState, type Upload } from '../features/imports/store.ts';
import { createListStore, type ListState } from '../features/list/store.ts';
import { createLoginStore, type LoginState } from '../features/login/store.ts';
import { aloneIn } from '../features/navigation/alone.ts';
import { home } from '../features/navigation/place.ts';
import { createNavigationStore, type NavigationState } from '../features/navigation/store.ts';
import { followNotices } from '../features/notifications/desktop.ts';
import { createNoticesStore, type NoticesState } from '../features/notifications/store.ts';
import { createOutboxStore, type OutboxState } from '../features/outbox/store.ts';
import { createPeopleStore, type PeopleState } from '../features/people/store.ts';
import { followUnified } from '../features/rail/separate.ts';
import { followSearch } from '../features/search/place.ts';
import { createSearchStore, type SearchState } from '../features/search/store.ts';
import { createSessionStore, followChanges, type SessionState } from '../features/session/store.ts';
import { keepFocus } from '../features/shell/focus.ts';
import { createToastsStore, type ToastsState } from '../features/toasts/store.ts';
import type { I18n } from '../i18n/index.ts';

/** One window's whole state: a store a feature, and what they share. */
export interface Workspace {
  readonly client: Client;
  readonly i18n: I18n;
  readonly undo: UndoStack;
  readonly session: StoreApi<SessionState>;
  readonly accounts: StoreApi<AccountsState>;
  readonly navigation: StoreApi<NavigationState>;
  readonly list: StoreApi<ListState>;
  readonly conversation: StoreApi<ConversationState>;
  readonly composer: StoreApi<ComposerState>;
  readonly reader: StoreApi<ReaderState>;
  readonly search: StoreApi<SearchState>;
  readonly files: StoreApi<FilesState>;
  readonly people: StoreApi<PeopleState>;
  readonly notices: StoreApi<NoticesState>;
  readonly imports: StoreApi<ImportsState>;
  readonly login: StoreApi<LoginState>;
  readonly outbox: StoreApi<OutboxState>;
  readonly toasts: StoreApi<ToastsState>;
  readonly actions: Actions;
  /** Nothing but one conversation is shown, in a window of its own. */
  readonly alone: boolean;
  /** List and conversation stand side by side. */
  wide(): boolean;
  /** The rail has its place beside the list, and is not drawn over it. */
  roomForRail(): boolean;
  /** Finds the focus a new place if what had it is gone once all is drawn. */
  refocus(): void;
  /** Tells the person that something could not be done. */
  report(error: unknown): void;
}
export interface WorkspaceOptions {
  readonly client: Client;
  readonly i18n: I18n;
  readonly page: Window;
  readonly upload: Upload;
}

export function createWorkspace({ client, i18n, page, upload }: WorkspaceOptions): Workspace {
  const toasts = createToastsStore();
  const base = {
    client,
    i18n,
    undo: createUndo(),
    session: createSessionStore(client),
    accounts: createAccountsStore(client),
    navigation: createNavigationStore(page),
    list: createListStore(client),
    conversation: createConversationStore(client),
    composer: createComposerStore(client),
    reader: createReaderStore(client),
    search: createSearchStore(client),
    files: createFilesStore(client),
    people: createPeopleStore(client),
    notices: createNoticesStore(client),
    imports: createImportsStore(client, upload),
    login: createLoginStore(client),
    outbox: createOutboxStore(client),
    toasts,
    alone: aloneIn(page.location) !== null,
    roomForRail: () => page.matchMedia('(min-width: 1100px)').matches,
    wide: () => page.matchMedia('(min-width: 760px)').matches,
    refocus: () => keepFocus(),
    report: (error: unknown) => void toasts.getState().show({ text: errorMessage(error), tone: 'problem' }),
  };
  return { ...base, actions: createActions(base) };
}

/** Loads what every window shows and keeps it true. Returns how to stop. */
export async function startWorkspace(workspace: Workspace): Promise<() => void> {
  const { client, session, accounts, navigation, list, conversation, imports, outbox, notices, people } = workspace;
  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);
  const refresh = (topics: readonly Topic[] | null): void => {
    const on = (name: Topic['on']): boolean => topics === null || topics.some((topic) => topic.on === name);
    if (on('accounts')) quietly(accounts.getState().loadAccounts());
    if (on('labels')) quietly(accounts.getState().loadLabels());
    if (on('counts')) quietly(accounts.getState().loadCounts());
    if (on('settings')) quietly(session.getState().loadSettings());
    if (on('outbox')) quietly(outbox.getState().load());
    if (on('drafts')) quietly(outbox.getState().loadDrafts());
    if (on('imports')) quietly(imports.getState().load());
    if (on('notifications') || on('conversations')) quietly(notices.getState().load());
    if (on('people')) quietly(people.getState().refresh());
    if (!on('conversations')) return;
    const ids = touched(topics);
    quietly(list.getState().refresh(ids));
    const open = conversation.getState().id;
    if (open !== null && (ids === undefined || ids.includes(open))) quietly(conversation.getState().refresh());
  };
  const stopChanges = followChanges(client, session, refresh);
  const stopTyping = client.on('typing', ({ conversation: id, name, until }) => {
    if (conversation.getState().id === id) conversation.getState().setTyping({ name, until });
  });
  let shown = navigation.getState();
  const stopNavigation = navigation.subscribe((now) => {
    const before = shown;
    shown = now;
    // What is searched for is no list of its own: the one before stays for when one comes back.
    if (before.place !== now.place && now.place.is !== 'search') quietly(list.getState().show(now.place));
    if (before.conversation !== now.conversation || before.around !== now.around) {
      quietly(conversation.getState().open(now.conversation, now.around));
      if (now.conversation !== null) list.getState().moveTo(now.conversation);
    }
  });
  const place = list.getState().show(shown.place.is === 'search' ? home : shown.place);
  if (shown.conversation !== null) quietly(conversation.getState().open(shown.conversation, shown.around));
  await Promise.all([
    session.getState().load(),
    accounts
      .getState()
      .loadAccounts()
      .catch(() => undefined),
    place,
  ]);
  quietly(accounts.getState().loadCounts());
  quietly(accounts.getState().loadLabels());
  quietly(accounts.getState().loadChannels());
  quietly(outbox.getState().load());
  quietly(outbox.getState().loadDrafts());
  quietly(imports.getState().load());
  quietly(notices.getState().load());
  const stopSearch = followSearch(workspace);
  const stopNotices = followNotices(workspace);
  const stopRefusals = followRefusals(workspace);
  const stopUnified = followUnified(workspace, window);
  return () => {
    stopSearch();
    stopNotices();
    stopRefusals();
    stopUnified();
    stopChanges();
    stopTyping();
    stopNavigation();
  };
}

/** Which conversations changed; undefined when it may be any. */
function touched(topics: readonly Topic[] | null): readonly ConversationId[] | undefined {
  if (topics === null) return undefined;
  const ids: ConversationId[] = [];
  for (const topic of topics) {
    if (topic.on !== 'conversations') continue;
    if (topic.ids === undefined) return undefined;
    ids.push(...topic.ids);
  }
  return ids;
}
