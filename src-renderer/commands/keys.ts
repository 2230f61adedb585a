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
const modifiers = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process']);
export const isModifier = (key: string): boolean => modifiers.has(key);

/** A place where characters belong to the text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type);
}

/** Keys that act while typing too: those with Ctrl or Alt, Esc and the function keys. */
export const actsWhileTyping = (chord: string): boolean => /^(Ctrl|Alt)\+|^(Shift\+)?(Escape|F\d+)$/.test(chord);

/** Chords that edit the text one types, whatever else they may be bound to. */
export const editsText = (chord: string): boolean =>
  /^Ctrl\+(Shift\+)?([abdiuvxyzc]|Backspace|Delete|Home|End|Arrow\w+)$/.test(chord);

export interface Pressed {
  readonly keys: string;
  /** The number typed before, if any. */
  readonly count: number | undefined;
}
const sequenceMs = 1_200;
const mostCount = 999;
/**
 * Matches chords, sequences of two (`g i`) and the number before either (`3j`). `press` answers what is complete now,
 * trying the longer one first; null when nothing is, `'wait'` when the chord began one.
 */
export function createSequence(all: () => ReadonlySet<string>, now: () => number) {
  let first = '';
  let count = '';
  let last = Number.NEGATIVE_INFINITY;
  const done = (keys: string): Pressed => {
    const number = Math.min(mostCount, Number(count));
    count = '';
    return { keys, count: number > 0 ? number : undefined };
  };
  return {
    press(chord: string): Pressed | 'wait' | null {
      const known = all();
      if (now() - last >= sequenceMs) {
        first = '';
        count = '';
      }
      last = now();
      const both = `${first} ${chord}`;
      const began = first !== '';
      first = '';
      if (began && known.has(both)) return done(both);
      for (const keys of known) {
        if (!keys.startsWith(`${chord} `)) continue;
        first = chord;
        return 'wait';
      }
      if (known.has(chord)) return done(chord);
      const digit = /^\d$/.test(chord) && (count !== '' || chord !== '0');
      count = digit ? count + chord : '';
      return digit ? 'wait' : null;
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
const onMac: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' };
/** As drawn on a key cap. */
export const capsOf = (keys: string, mac: boolean): string =>
  keys
    .split(' ')
    .map((chord) =>
      chord
        // The last plus of a chord may be the key itself.
        .split(/\+(?=.)/)
        .map(
          (piece) =>
            (mac ? onMac[piece] : undefined) ?? shown[piece] ?? (piece.length === 1 ? piece.toUpperCase() : piece),
        )
        .join(mac ? '' : ' '),
    )
    .join(' ');
