/** A chord as it is written: `Ctrl+Shift+Enter`, `j`, `?`. Ctrl stands for Cmd on macOS. */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const single = event.key.length === 1;
  const letter = single && event.key.toLowerCase() !== event.key.toUpperCase();
  const key = single ? event.key.toLowerCase() : event.key;
  const pieces = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    // The shift that makes `?` or `#` is part of the character.
    event.shiftKey && (letter || !single) ? 'Shift' : '',
    key === ' ' ? 'Space' : key,
  ];
  return pieces.filter(Boolean).join('+');
}
const modifiers = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);
export const isModifier = (key: string): boolean => modifiers.has(key);

/** A place where characters belong to the text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type);
}

/** Keys that act while typing too: those with Ctrl or Alt, Esc and the function keys. */
export const actsWhileTyping = (chord: string): boolean => /^(Ctrl|Alt)\+|^(Shift\+)?(Escape|F\d+)$/.test(chord);

const sequenceMs = 1_200;
/**
 * Matches chords and sequences of two (`g i`). `press` answers the sequence that is complete now, trying the longer
 * one first; null when none is, `'wait'` when the chord began one.
 */
export function createSequence(all: () => Iterable<string>, now: () => number) {
  let first: { chord: string; at: number } | null = null;
  return {
    press(chord: string): { readonly keys: string } | 'wait' | null {
      const known = [...all()];
      const before = first && now() - first.at < sequenceMs ? first.chord : null;
      first = null;
      if (before && known.includes(`${before} ${chord}`)) return { keys: `${before} ${chord}` };
      if (known.some((keys) => keys.startsWith(`${chord} `))) {
        first = { chord, at: now() };
        return 'wait';
      }
      return known.includes(chord) ? { keys: chord } : null;
    },
  };
}

const shown: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
};
/** As drawn on a key cap. */
export const capsOf = (keys: string, mac: boolean): string =>
  keys
    .split(' ')
    .map((chord) =>
      chord
        .split('+')
        .map((piece) =>
          piece === 'Ctrl' && mac ? '⌘' : (shown[piece] ?? (piece.length === 1 ? piece.toUpperCase() : piece)),
        )
        .join(mac ? '' : ' '),
    )
    .join(' ');
