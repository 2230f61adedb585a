import { focusPane, soon } from '../features/shell/focus.ts';
import type { Key } from '../i18n/index.ts';
import type { Command } from './command.ts';

const titles: readonly Key[] = [
  'command.goSaved1',
  'command.goSaved2',
  'command.goSaved3',
  'command.goSaved4',
  'command.goSaved5',
];

/** The first few saved searches, by their place in the rail. */
export const savedSearches: readonly Command[] = titles.map((title, index) => ({
  id: `go-saved-${index + 1}`,
  title,
  group: 'go',
  keys: [`g ${index + 1}`],
  when: ({ session }) => session.getState().settings?.savedSearches[index] !== undefined,
  run: ({ session, search }) => {
    const saved = session.getState().settings?.savedSearches[index];
    if (!saved) return;
    search.getState().type(saved.text);
    soon(() => focusPane('list'));
  },
}));
