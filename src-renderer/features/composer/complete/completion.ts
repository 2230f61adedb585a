import { type RefObject, useState } from 'react';
import type { PersonRef } from '../../../../src-shared/ipc/index.ts';
import type { EditorHandle } from '../handle.ts';

/** One thing that is offered while one types. */
export interface Offered {
  readonly id: string;
  readonly label: string;
  readonly detail?: string | undefined;
  /** Whose face stands before it. */
  readonly face?: { readonly name: string; readonly of: PersonRef };
  /** Puts it in place of the `count` characters before the caret that asked for it. */
  take(editor: EditorHandle, count: number): void;
}
/** What is offered for the words before the caret, and how keys choose of it. */
export interface Completion {
  readonly found: readonly Offered[];
  readonly active: number;
  /** To be told the words before the caret whenever they change; null when there is no caret. */
  look(before: string | null): void;
  /** Answers whether the key chose among what is offered. */
  onKey(event: { readonly key: string; preventDefault(): void; stopPropagation(): void }): boolean;
  take(offered: Offered): void;
}

/**
 * Offers what `find` has for what was typed after a sign. `typed` answers what that is, or null where nothing is asked for;
 * with the sign before it it is one character longer.
 */
export function useCompletion(
  editor: RefObject<EditorHandle | null>,
  typed: (before: string) => string | null,
  find: (words: string) => readonly Offered[],
): Completion {
  const [words, setWords] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const found = words === null ? [] : find(words);
  const take = (offered: Offered): void => {
    if (editor.current && words !== null) offered.take(editor.current, words.length + 1);
    setWords(null);
  };
  return {
    found,
    active,
    take,
    look(before) {
      setWords(before === null ? null : typed(before));
      setActive(0);
    },
    onKey(event) {
      const chosen = found[active] ?? found[0];
      if (!chosen) return false;
      if (event.key === 'ArrowDown') setActive((active + 1) % found.length);
      else if (event.key === 'ArrowUp') setActive((active + found.length - 1) % found.length);
      else if (event.key === 'Enter' || event.key === 'Tab') take(chosen);
      else if (event.key === 'Escape') setWords(null);
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}
