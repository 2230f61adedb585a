import { useEffect, useRef } from 'react';
import { useFeature, useWorkspace } from '../../state/context.tsx';

/** What is open before the person's eyes is read; what they marked unread again stays so until opened anew. */
export function useReading(): void {
  const workspace = useWorkspace();
  const id = useFeature('navigation', (state) => state.conversation);
  const peeking = useFeature('navigation', (state) => state.peeking);
  const shown = useFeature('conversation', (state) => state.shown);
  const unread = shown !== null && shown.view.id === id && !shown.newer ? shown.view.unread : 0;
  const done = useRef<string>('');
  useEffect(() => {
    const read = (): void => {
      if (id === null || peeking || unread === 0 || document.visibilityState !== 'visible') return;
      const lastId = workspace.conversation.getState().shown?.messages.at(-1)?.id;
      const mark = `${id}/${lastId}`;
      if (done.current === mark) return;
      done.current = mark;
      void workspace.actions.read([id], true, { byItself: true });
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [id, unread, peeking, workspace]);
}
