import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AccountId, ConversationId, MessageId } from '../../../src-shared/model/index.ts';
import type { ComposerKey } from '../composer/store.ts';
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
  | { readonly is: 'settings'; readonly section: SettingsSection }
  | { readonly is: 'add-account'; readonly mend: AccountId | null; readonly channel: string | null }
  | { readonly is: 'import' }
  | { readonly is: 'shortcuts' }
  | { readonly is: 'palette' }
  | { readonly is: 'snooze' }
  | { readonly is: 'link'; readonly url: string; readonly text: string };

export interface NavigationState extends Location {
  readonly overlay: Overlay | null;
  /** The rail drawn over the panes, on a narrow window. */
  readonly railOpen: boolean;
  /** The new message that is being written, beside whatever is read. */
  readonly writing: ComposerKey | null;
  go(place: Place): void;
  /** What is searched for as it is typed: one place in the history. Empty: back to where one was before. */
  search(text: string): void;
  open(conversation: ConversationId, around?: MessageId | null): void;
  close(): void;
  show(overlay: Overlay | null): void;
  write(composer: ComposerKey | null): void;
  toggleRail(open: boolean): void;
}

/** Where the person is. Kept in the address, so that back, forward and reload do what they should. */
export function createNavigationStore(
  page: Pick<Window, 'history' | 'location' | 'addEventListener'>,
): StoreApi<NavigationState> {
  let beforeSearch: Place = home;
  const store = createStore<NavigationState>()((set, get) => {
    const move = (next: Partial<Location>): void => {
      const { place, conversation, around } = { ...get(), ...next };
      const hash = toHash({ place, conversation, around });
      if (hash !== page.location.hash) page.history.pushState(null, '', hash);
      set({ ...next, railOpen: false });
    };
    return {
      ...fromHash(page.location.hash),
      overlay: null,
      railOpen: false,
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
      open: (conversation, around = null) => move({ conversation, around }),
      close: () => move({ conversation: null, around: null }),
      show: (overlay) => set({ overlay }),
      write: (writing) => set({ writing }),
      toggleRail: (railOpen) => set({ railOpen }),
    };
  });
  page.addEventListener('popstate', () => store.setState(fromHash(page.location.hash)));
  return store;
}
