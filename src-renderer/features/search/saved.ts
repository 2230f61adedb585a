import type { SavedSearch } from '../../../src-shared/ipc/index.ts';
import type { Workspace } from '../../state/workspace.ts';

const mostRecent = 12;

/** What was searched for before, with this one first. */
const withRecent = (recent: readonly string[], text: string): readonly string[] =>
  [text, ...recent.filter((one) => one !== text)].slice(0, mostRecent);

/** Keeps what is searched for now among the recent searches: it led somewhere. Never rejects. */
export async function remember({ search, session }: Pick<Workspace, 'search' | 'session'>): Promise<void> {
  const text = search.getState().text.trim();
  const { settings, change } = session.getState();
  if (text === '' || !settings || settings.recentSearches[0] === text) return;
  try {
    await change({ recentSearches: withRecent(settings.recentSearches, text) });
  } catch {
    // A search that is not remembered is not worth a word.
  }
}

export const savedOf = (saved: readonly SavedSearch[], text: string): SavedSearch | undefined =>
  saved.find((one) => one.text === text.trim());
/** Saved under its own words, to be renamed in the settings. */
export const withSaved = (saved: readonly SavedSearch[], text: string): readonly SavedSearch[] => [
  ...saved,
  { id: crypto.randomUUID(), name: text.trim().slice(0, 200), text: text.trim() },
];
