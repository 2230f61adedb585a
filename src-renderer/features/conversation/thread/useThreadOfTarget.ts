import { useEffect, useRef } from 'react';
import { useFeature, useWorkspace } from '../../../state/context.tsx';

/** A search hit or a notice that is an answer in a thread opens the thread beside its conversation. */
export function useThreadOfTarget(): void {
  const workspace = useWorkspace();
  const around = useFeature('navigation', (state) => state.around);
  const shown = useFeature('conversation', (state) => state.shown);
  const done = useRef<number | null>(null);
  useEffect(() => {
    if (around === null) {
      done.current = null;
      return;
    }
    const message = shown?.messages.find((one) => one.id === around);
    if (!message || done.current === around) return;
    done.current = around;
    const { thread } = message;
    if (shown?.view.limits.style === 'chat' && thread && thread.root !== message.id)
      workspace.thread.getState().open(message.id).catch(workspace.report);
  }, [around, shown, workspace]);
}
