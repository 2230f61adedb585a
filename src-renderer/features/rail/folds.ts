import { useState } from 'react';

const key = 'rail.folds';
/** Which parts of the rail are folded or unfolded, kept in this browser alone. A damaged note counts as none. */
function read(): Readonly<Record<string, boolean>> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return found !== null && typeof found === 'object' ? (found as Record<string, boolean>) : {};
  } catch {
    return {};
  }
}

export function useFold(name: string, openAtFirst: boolean): readonly [boolean, () => void] {
  const [open, setOpen] = useState(() => read()[name] ?? openAtFirst);
  const toggle = (): void => {
    setOpen(!open);
    localStorage.setItem(key, JSON.stringify({ ...read(), [name]: !open }));
  };
  return [open, toggle];
}
