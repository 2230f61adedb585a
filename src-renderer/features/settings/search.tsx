import { createContext, type ReactNode, use } from 'react';

/** What is looked for among the settings; empty while nothing is. */
const Looked = createContext('');

export function LookingFor({ text, children }: { text: string; children: ReactNode }) {
  return <Looked value={text.trim().toLocaleLowerCase()}>{children}</Looked>;
}
/** Whether a setting with these words is to be shown now: every word looked for is in them. */
export function useIsLookedFor(...words: readonly (string | undefined)[]): boolean {
  const looked = use(Looked);
  return matches(looked, words);
}
export function matches(looked: string, words: readonly (string | undefined)[]): boolean {
  const all = words.join(' ').toLocaleLowerCase();
  return looked.split(/\s+/).every((word) => all.includes(word));
}
