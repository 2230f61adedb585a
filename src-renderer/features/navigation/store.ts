import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AccountId, ConversationId, MessageId } from '../../../src-shared/model/index.ts';
import type { ComposerKey } from '../composer/store.ts';
import { aloneIn } from './alone.ts';
import { fromHash, home, type Location, type Place, toHash } from './place.ts';

export type SettingsSection =
  | 'general'
  | 'accounts'
  | 'looks'
  | 'keys'
  | 'notifications'
  | 'writing'
  | 'privacy'
  | 'archives'
  | 'about';
/** What lies over the panes. */
export type Overlay =
  /** `account`: the one it is about, of them all. */
  | { readonly is: 'settings'; readonly section: SettingsSection; readonly account?: AccountId }
  | { readonly is: 'add-account'; readonly mend: AccountId | null; readonly channel: string | null }
  | { readonly is: 'start' }
  | { readonly is: 'import' }
  | { readonly is: 'shortcuts' }
  | { readonly is: 'palette' }
  | { readonly is: 'snooze' }
  | { readonly is: 'reply-otherwise' }
  | { readonly is: 'label' }
  | { readonly is: 'move' }
  /** A day to go to in the list. */
  | { readonly is: 'day' }
  | { readonly is: 'link'; readonly url: string; readonly text: string };

export interface Pointed {
  readonly conversation: ConversationId;
  readonly message: MessageId | null;
}
export interface NavigationState extends Location {
  readonly overlay: Overlay | null;
  /** The rail drawn over the panes, on a narrow window. */
  readonly railOpen: boolean;
  /** What a context menu was asked for; commands act on it while that is open. */
  readonly pointed: Pointed | null;
  /** The conversation is looked at without being marked read. */
  readonly peeking: boolean;
  /** The new message that is being written, beside whatever is read. */
  readonly writing: ComposerKey | null;
  go(place: Place): void;
  /** What is searched for as it is typed: one place in the history. Empty: back to where one was before. */
  search(text: string): void;
  open(conversation: ConversationId, around?: MessageId | null, how?: { readonly peek: boolean }): void;
  close(): void;
  point(pointed: Pointed | null): void;
  show(overlay: Overlay | null): void;
  write(composer: ComposerKey | null): void;
  toggleRail(open: boolean): void;
}

/** Where the person is. Kept in the address, so that back, forward and reload do what they should. */
export function createNavigationStore(
  page: Pick<Window, 'history' | 'location' | 'addEventListener'>,
): StoreApi<NavigationState> {
  let beforeSearch: Place = home;
  const alone = aloneIn(page.location);
  const store = createStore<NavigationState>()((set, get) => {
    const move = (next: Partial<Location>, peeking = false): void => {
      const { place, conversation, around } = { ...get(), ...next };
      const hash = toHash({ place, conversation, around });
      if (hash !== page.location.hash) page.history.pushState(null, '', hash);
      set({ ...next, railOpen: false, peeking });
    };
    return {
      ...fromHash(page.location.hash),
      ...(alone === null ? {} : { conversation: alone }),
      overlay: null,
      railOpen: false,
      pointed: null,
      peeking: false,
      writing: null,
      go: (place) => move({ place, conversation: null, around: null }),
      search(text) {
        const { place } = get();
        if (text === '') {
          if (place.is === 'search') move({ place: beforeSearch });
        } else if (place.is === 'search') {
          const { conversation, around } = get();
          const next: Place = { is: 'search', text };
          page.history.replaceState(null, '', toHash({ place: next, conversation, around }));
          set({ place: next });
        } else {
          beforeSearch = place;
          move({ place: { is: 'search', text } });
        }
      },
      open: (conversation, around = null, { peek } = { peek: false }) => move({ conversation, around }, peek),
      close: () => move({ conversation: null, around: null }),
      point: (pointed) => set({ pointed }),
      // A sheet a menu led to acts on what the menu was asked for, until it is closed.
      show: (overlay) => set(overlay === null ? { overlay, pointed: null } : { overlay }),
      write: (writing) => set({ writing }),
      toggleRail: (railOpen) => set({ railOpen }),
    };
  });
  page.addEventListener('popstate', () => store.setState(fromHash(page.location.hash)));
  return store;
}
