import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { chordOf, isModifier } from '../../commands/keys.ts';
import { useCaps } from '../../commands/useCaps.ts';

/** How long a second chord is waited for, ms. */
const secondMs = 1_200;

/** Hears a chord or a sequence of two. Esc and going elsewhere hear nothing: null. */
export function Recorder({ label, onDone }: { label: string; onDone: (keys: string | null) => void }) {
  const caps = useCaps();
  const [first, setFirst] = useState<string | null>(null);
  const field = useRef<HTMLButtonElement>(null);
  const done = useRef(onDone);
  done.current = onDone;
  useLayoutEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (first === null) return;
    const timer = setTimeout(() => done.current(first), secondMs);
    return () => clearTimeout(timer);
  }, [first]);
  const pressed = (event: React.KeyboardEvent): void => {
    // Tab still leads on: nobody is to be caught here.
    if (event.key === 'Tab' || isModifier(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const chord = chordOf(event.nativeEvent);
    if (event.key === 'Escape') onDone(null);
    else if (first === null) setFirst(chord);
    else onDone(`${first} ${chord}`);
  };
  return (
    <button
      type="button"
      className="key-recorder"
      ref={field}
      aria-label={label}
      onKeyDown={pressed}
      onBlur={() => onDone(first)}
    >
      {first === null ? '…' : `${caps(first)} …`}
    </button>
  );
}
