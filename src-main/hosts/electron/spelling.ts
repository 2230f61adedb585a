import { Menu, type MenuItemConstructorOptions, type Session, type WebContents } from 'electron';
import type { Frame } from './menu.ts';

/**
 * Off until chosen: except on macOS, Chromium fetches dictionaries from a server of Google's when it is on.
 * https://www.electronjs.org/docs/latest/tutorial/spellchecker
 */
export const setSpelling = (session: Session, on: boolean, languages: readonly string[]): void => {
  session.setSpellCheckerEnabled(on);
  if (process.platform === 'darwin' || !on) return;
  const known = new Set(session.availableSpellCheckerLanguages);
  const wanted = languages.flatMap((language) => [language, language.split('-')[0] ?? language]);
  const found = [...new Set(wanted)].filter((language) => known.has(language));
  session.setSpellCheckerLanguages(found.length > 0 ? found : ['en-GB']);
};

/** The menu of the second mouse button where text is: proposals for a misspelt word, and cut, copy, paste. */
export const offerSpelling = (contents: WebContents, words: () => Frame['words']): void => {
  contents.on('context-menu', (_event, { isEditable, selectionText, misspelledWord, dictionarySuggestions }) => {
    if (!isEditable && selectionText.trim() === '') return;
    const { cut, copy, paste, selectAll, learnWord } = words();
    const proposals: MenuItemConstructorOptions[] = dictionarySuggestions.map((word) => ({
      label: word,
      click: () => contents.replaceMisspelling(word),
    }));
    const learning: MenuItemConstructorOptions[] =
      misspelledWord === ''
        ? []
        : [
            { label: learnWord, click: () => contents.session.addWordToSpellCheckerDictionary(misspelledWord) },
            { type: 'separator' },
          ];
    const editing: MenuItemConstructorOptions[] = isEditable
      ? [
          { role: 'cut', label: cut },
          { role: 'copy', label: copy },
          { role: 'paste', label: paste },
          { role: 'selectAll', label: selectAll },
        ]
      : [{ role: 'copy', label: copy }];
    Menu.buildFromTemplate([...proposals, ...learning, ...editing]).popup();
  });
};
