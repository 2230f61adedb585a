import type { KeySettings } from '../../src-shared/ipc/index.ts';
import { listenAhead } from '../features/shell/ahead.ts';
import { currentPane } from '../features/shell/focus.ts';
import type { Workspace } from '../state/workspace.ts';
import type { Command } from './command.ts';
import { desktop } from './desktop.ts';
import { accountPlaces, going } from './go.ts';
import { createKeymap, gmailKeys, type Keymap } from './keymap.ts';
import { actsWhileTyping, chordOf, createSequence, editsText, isModifier, isTyping } from './keys.ts';
import { messages } from './messages.ts';
import { moving } from './move.ts';
import { savedSearches } from './saved.ts';
import { selecting } from './select.ts';
import { triage } from './triage.ts';
import { frame } from './window.ts';
import { writing } from './write.ts';

export const commands: readonly Command[] = [
  ...moving,
  ...messages,
  ...triage,
  ...selecting,
  ...writing,
  ...going,
  ...accountPlaces,
  ...savedSearches,
  ...frame,
  ...desktop,
];
export const commandOf = (id: string): Command | undefined => commands.find((command) => command.id === id);

const keymaps = new WeakMap<KeySettings, Keymap>();
/** The keys of every command under a choice; made once a choice. */
export function keymapFor(choice: KeySettings): Keymap {
  const known = keymaps.get(choice) ?? createKeymap(commands, choice);
  keymaps.set(choice, known);
  return known;
}

/** Enter and Space on a button press the button, whatever else they may mean; arrows belong to menus and fields. */
const ownsKey = (target: EventTarget | null, chord: string): boolean =>
  target instanceof Element &&
  ((['Enter', 'Space'].includes(chord) &&
    target.closest('button, a, summary, [role="menuitem"], [role="option"]') !== null) ||
    (chord.startsWith('Arrow') && target.closest('[role="separator"], video, audio') !== null) ||
    target.closest(
      '[role="menu"], [role="listbox"], [role="radiogroup"], [role="dialog"], [aria-modal="true"], .dialog',
    ) !== null);

/** Listens for the keys of every command. Returns how to stop. */
export function listenForKeys(workspace: Workspace, page: Window): () => void {
  const keymap = (): Keymap => keymapFor(workspace.session.getState().settings?.keys ?? gmailKeys);
  const sequence = createSequence(
    () => keymap().all,
    () => page.performance.now(),
  );
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
    if (workspace.navigation.getState().overlay !== null) return;
    const chord = chordOf(event);
    const writing = currentPane() === 'composer';
    // Whoever writes a letter and strays onto one of its buttons does not put conversations away.
    const inText = isTyping(event.target);
    const typing = writing || inText;
    const fits = (command: Command): boolean => {
      if (command.where === 'composer') {
        if (!writing || !(inText || actsWhileTyping(chord))) return false;
      } else if (typing && (!actsWhileTyping(chord) || (inText && editsText(chord)))) return false;
      return command.when?.(workspace) ?? true;
    };
    // While typing there are no sequences: each key is either a command of its own or text.
    if (typing && !keymap().at(chord).some(fits)) return;
    if (ownsKey(event.target, chord)) return;
    const match = sequence.press(chord);
    if (match === null) return;
    if (match === 'wait') {
      event.preventDefault();
      return;
    }
    const command = keymap().at(match.keys).find(fits);
    if (!command) return;
    event.preventDefault();
    command.run(workspace, match.count);
  };
  const stopAhead = listenAhead(page, (chord) => keymap().at(chord).length > 0);
  page.addEventListener('keydown', pressed);
  return () => {
    stopAhead();
    page.removeEventListener('keydown', pressed);
  };
}
