import type { Workspace } from '../state/workspace.ts';
import type { Command } from './command.ts';
import { going } from './go.ts';
import { actsWhileTyping, chordOf, createSequence, isModifier, isTyping } from './keys.ts';
import { moving } from './move.ts';
import { savedSearches } from './saved.ts';
import { triage } from './triage.ts';
import { writing } from './write.ts';

export const commands: readonly Command[] = [...moving, ...triage, ...writing, ...going, ...savedSearches];
export const commandOf = (id: string): Command | undefined => commands.find((command) => command.id === id);
/** The first keys of a command, for a tooltip or menu. */
export const keysOf = (id: string): string | undefined => commandOf(id)?.keys[0];

const byKeys = new Map<string, Command[]>();
for (const command of commands) {
  for (const keys of command.keys) byKeys.set(keys, [...(byKeys.get(keys) ?? []), command]);
}
/** Enter and Space on a button press the button, whatever else they may mean; arrows belong to menus and fields. */
const ownsKey = (target: EventTarget | null, chord: string): boolean =>
  target instanceof Element &&
  ((['Enter', 'Space'].includes(chord) &&
    target.closest('button, a, summary, [role="menuitem"], [role="option"]') !== null) ||
    target.closest('[role="menu"], [role="listbox"], [role="radiogroup"]') !== null);

/** Listens for the keys of every command. Returns how to stop. */
export function listenForKeys(workspace: Workspace, page: Window): () => void {
  const sequence = createSequence(
    () => byKeys.keys(),
    () => page.performance.now(),
  );
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
    if (workspace.navigation.getState().overlay !== null) return;
    const chord = chordOf(event);
    if (isTyping(event.target) && (!actsWhileTyping(chord) || chord === 'Ctrl+z')) return;
    if (ownsKey(event.target, chord)) return;
    const match = sequence.press(chord);
    if (match === null) return;
    if (match === 'wait') {
      event.preventDefault();
      return;
    }
    const command = byKeys.get(match.keys)?.find((one) => one.when?.(workspace) ?? true);
    if (!command) return;
    event.preventDefault();
    command.run(workspace);
  };
  page.addEventListener('keydown', pressed);
  return () => page.removeEventListener('keydown', pressed);
}
