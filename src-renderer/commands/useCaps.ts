import { useFeature } from '../state/context.tsx';
import { capsOf } from './keys.ts';

/** Keys as this system draws them. */
export function useCaps(): (keys: string | undefined) => string | undefined {
  const mac = useFeature('session', (state) => state.info?.platform === 'darwin');
  return (keys) => (keys === undefined ? undefined : capsOf(keys, mac));
}
