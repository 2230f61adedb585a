import type { Settings } from '../../../src-shared/ipc/index.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';

/** Changes settings at once; what the hub refuses is taken back and said. */
export function useChange(): (patch: Partial<Settings>) => void {
  const { report } = useWorkspace();
  const change = useFeature('session', (state) => state.change);
  return (patch) => void change(patch).catch(report);
}
