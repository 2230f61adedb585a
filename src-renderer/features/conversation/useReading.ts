import { useEffect, useRef } from 'react';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { toRead } from './to-read.ts';

/** What is open before the person's eyes is read; what they marked unread again stays so until opened anew. */
export function useReading(): void {
  const workspace = useWorkspace();
  const id = useFeature('navigation', (state) => state.conversation);
  const peeking = useFeature('navigation', (state) => state.peeking);
  const mark = useFeature('conversation', ({ shown }) => toRead(shown, id));
  const done = useRef<string>('');
  useEffect(() => {
    const read = (): void => {
      if (id === null || mark === null || peeking || document.visibilityState !== 'visible') return;
      if (done.current === mark) return;
      done.current = mark;
      void workspace.actions.read([id], true, { byItself: true });
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [id, mark, peeking, workspace]);
}
