import { useEffect } from 'react';
import { useFeature } from '../../state/context.tsx';
import type { Pictured } from './pictures.ts';

/** Its address once it is here; undefined before, and where there is none. */
export function usePicture(pictured: Pictured | null): string | undefined {
  const want = useFeature('pictures', (state) => state.want);
  const drawn = useFeature('pictures', (state) => (pictured === null ? undefined : state.drawn.get(pictured.name)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has the same name is the same
  useEffect(() => {
    if (pictured !== null) want(pictured);
  }, [pictured?.name, want]);
  return drawn ?? undefined;
}
