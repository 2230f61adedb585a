import { useEffect, useState } from 'react';
import { keepKeys } from './ahead.ts';

/** A choice that is not known yet. */
interface Ahead<T> {
  /** Chooses once it is known among what. */
  wait(choose: (found: T) => void): void;
  known(found: T): void;
  /** It is void. */
  end(): void;
}

/**
 * Fast hands are ahead of what is offered for what they typed: a key that chooses waits for that, and the keys after it with
 * it. Other words, or too long a wait, and it is void.
 */
export function useAhead<T>(text: string): Ahead<T> {
  const [ahead] = useState(createAhead<T>);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words, or none: nobody waits any longer
  useEffect(() => ahead.end, [text, ahead]);
  return ahead;
}

function createAhead<T>(): Ahead<T> {
  let waiting: { readonly choose: (found: T) => void; readonly release: () => void } | null = null;
  const end = (): void => {
    const { release } = waiting ?? {};
    waiting = null;
    release?.();
  };
  return {
    wait(choose) {
      end();
      const release = keepKeys(() => {
        waiting = null;
      });
      waiting = { choose, release };
    },
    known(found) {
      waiting?.choose(found);
      end();
    },
    end,
  };
}
