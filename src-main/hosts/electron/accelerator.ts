const named: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Escape: 'Esc',
};
/** Keys by the names Electron knows: https://www.electronjs.org/docs/latest/tutorial/keyboard-shortcuts */
const known =
  /^([A-Z0-9]|F\d{1,2}|[~!@#$%^&*()_:<>?{}|"'`\-=[\]\\;,./]|Up|Down|Left|Right|Esc|Enter|Space|Tab|Home|End|PageUp|PageDown|Backspace|Delete|Insert)$/;

/**
 * A command's keys as a menu shows them; undefined for what a menu cannot show, such as a sequence.
 * @param takes whether the menu takes the keys it shows away from the page, as on macOS (registerAccelerator is ignored
 * there): single letters belong to the text while one types, so that only those with Ctrl or Alt are shown.
 */
export const acceleratorOf = (keys: string | null, takes: boolean): string | undefined => {
  if (keys === null || keys.includes(' ')) return undefined;
  if (takes && !/^(Ctrl|Alt)\+/.test(keys)) return undefined;
  const pieces = keys.split('+');
  const key = pieces.pop() ?? '';
  const name = named[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  if (!known.test(name) || !pieces.every((piece) => ['Ctrl', 'Alt', 'Shift'].includes(piece))) return undefined;
  return [...pieces.map((piece) => (piece === 'Ctrl' ? 'CmdOrCtrl' : piece)), name].join('+');
};
