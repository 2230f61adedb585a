import { type RefObject, useEffect } from 'react';
import { useFeature } from '../../../state/context.tsx';
import type { OpenConversation } from '../store.ts';
import { markWords } from './marks.ts';

/** Frames of mail are drawn a little after their cards, ms. */
const drawnAfterMs = 350;

/** Keeps the words marked that are looked for here, or were searched for when this was opened at a hit. */
export function useWordMarks(messages: RefObject<HTMLElement | null>, shown: OpenConversation): void {
  const found = useFeature('reader', (state) => state.finding?.text);
  const searched = useFeature('navigation', ({ place, around }) =>
    place.is === 'search' && around !== null ? place.text : '',
  );
  const words = found ?? searched;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other messages want marks as well
  useEffect(() => {
    const mark = (): void => {
      if (messages.current) markWords(messages.current, words);
    };
    mark();
    if (words === '') return;
    const later = setTimeout(mark, drawnAfterMs);
    return () => clearTimeout(later);
  }, [messages, words, shown.messages, shown.jumps]);
}
