import { useFeature } from '../state/context.tsx';
import { gmailKeys } from './keymap.ts';
import { capsOf } from './keys.ts';
import { keymapFor } from './registry.ts';

/** Keys as this system draws them. */
export function useCaps(): (keys: string | undefined) => string | undefined {
  const mac = useFeature('session', (state) => state.info?.platform === 'darwin');
  return (keys) => (keys === undefined ? undefined : capsOf(keys, mac));
}
/** The first keys a command has at present, as this system draws them. */
export function useKeys(): (id: string) => string | undefined {
  const caps = useCaps();
  const keymap = keymapFor(useFeature('session', (state) => state.settings?.keys ?? gmailKeys));
  return (id) => caps(keymap.keysOf(id)[0]);
}
/** The same for a sentence, where a command without keys leaves a dash. */
export function useKeysSaid(): (id: string) => string {
  const keys = useKeys();
  return (id) => keys(id) ?? '–';
}
