import { chordOf, isModifier } from '../../commands/keys.ts';
import { pressAgain } from './press.ts';

/** Keys wait at most so long, ms; then they are forgotten: late, they would only do harm. */
const patience = 5_000;
/** Keys pressed while what they are meant for is on its way, in order. */
let kept: KeyboardEvent[] = [];
let holds = 0;
let pressing = false;

/**
 * Keeps the keys that are pressed from now on for what is on its way. Returns how to press them where the focus is then;
 * keys are kept as long as anyone waits. `late` is called when what they were for did not come in time.
 */
export function keepKeys(late?: () => void): () => void {
  holds++;
  let held = true;
  const end = (): void => {
    if (!held) return;
    held = false;
    holds--;
    clearTimeout(timer);
  };
  const timer = setTimeout(() => {
    end();
    kept = [];
    late?.();
  }, patience);
  return () => {
    end();
    // What released them draws first.
    if (holds === 0) queueMicrotask(pressKept);
  };
}
/** Keeps keys until the work has ended, well or not. */
export function keepKeysDuring<T>(work: Promise<T>): Promise<T> {
  return work.finally(keepKeys());
}

function pressKept(): void {
  if (pressing) return;
  pressing = true;
  try {
    for (let key = holds === 0 ? kept.shift() : undefined; key; key = holds === 0 ? kept.shift() : undefined)
      pressAgain(key);
  } finally {
    pressing = false;
  }
}

/** Takes keys for keeping before anyone else hears them. Returns how to stop. `known`: whether a chord is a command's. */
export function listenAhead(page: Window, known: (chord: string) => boolean): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (holds === 0 || !event.isTrusted || event.isComposing || isModifier(event.key)) return;
    const chord = chordOf(event);
    const held = event.ctrlKey || event.metaKey || event.altKey;
    // With AltGr one writes, whatever else it stands for.
    const system = (held && !event.getModifierState('AltGraph')) || /^F\d+$/.test(event.key);
    if (system && !known(chord)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    kept.push(event);
  };
  const pointed = (): void => {
    kept = [];
  };
  page.addEventListener('keydown', pressed, true);
  page.addEventListener('pointerdown', pointed, true);
  return () => {
    page.removeEventListener('keydown', pressed, true);
    page.removeEventListener('pointerdown', pointed, true);
  };
}
