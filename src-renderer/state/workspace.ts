import type { StoreApi } from 'zustand/vanilla';
import { type Client, errorMessage } from '../client/index.ts';
import { type AccountsState, createAccountsStore } from '../features/accounts/store.ts';
import { type Actions, createActions } from '../features/actions/actions.ts';
import { createUndo, type UndoStack } from '../features/actions/undo.ts';
import { type ComposerState, createComposerStore } from '../features/composer/store.ts';
import { createReaderStore, type ReaderState } from '../features/conversation/reader.ts';
import { createReading, type Reading } from '../features/conversation/reading.ts';
import { type ConversationState, createConversationStore } from '../features/conversation/store.ts';
import { createThreadStore, type ThreadState } from '../features/conversation/thread/store.ts';
import { createFilesStore, type FilesState } from '../features/files/store.ts';
import { createImportsStore, type ImportsState, type Upload } from '../features/imports/store.ts';
import { createListStore, type ListState } from '../features/list/store.ts';
import { createLoginStore, type LoginState } from '../features/login/store.ts';
import { aloneIn } from '../features/navigation/alone.ts';
import { createNavigationStore, type NavigationState } from '../features/navigation/store.ts';
import { createNoticesStore, type NoticesState } from '../features/notifications/store.ts';
import { createOutboxStore, type OutboxState } from '../features/outbox/store.ts';
import { createHereStore, type HereState } from '../features/people/here.ts';
import { createPictureStore, type PictureState } from '../features/people/pictures.ts';
import { createPeopleStore, type PeopleState } from '../features/people/store.ts';
import { createSearchStore, type SearchState } from '../features/search/store.ts';
import { createSessionStore, type SessionState } from '../features/session/store.ts';
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
  readonly thread: StoreApi<ThreadState>;
  readonly search: StoreApi<SearchState>;
  readonly files: StoreApi<FilesState>;
  readonly people: StoreApi<PeopleState>;
  readonly here: StoreApi<HereState>;
  readonly pictures: StoreApi<PictureState>;
  readonly notices: StoreApi<NoticesState>;
  readonly imports: StoreApi<ImportsState>;
  readonly login: StoreApi<LoginState>;
  readonly outbox: StoreApi<OutboxState>;
  readonly toasts: StoreApi<ToastsState>;
  readonly actions: Actions;
  readonly reading: Reading;
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
    thread: createThreadStore(client),
    search: createSearchStore(client),
    files: createFilesStore(client),
    people: createPeopleStore(client, i18n.language),
    here: createHereStore(client),
    pictures: createPictureStore(client),
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
  const actions = createActions({ ...base, keepUnread: (ids) => reading.keepUnread(ids) });
  const reading = createReading(base, (id) => actions.read([id], true, { byItself: true }));
  return { ...base, actions, reading };
}
