import type { Clock } from '../../../src-shared/channel.ts';
import type { CommandName, Store } from '../../store/api.ts';

/** What a process may still do; once `dead` it does nothing more, and nothing it waits for comes back to it. */
export interface Life {
  dead: boolean;
}
const never = <T>(): Promise<T> => new Promise(() => undefined);

/** Neither a result nor a failure reaches the dead. */
async function whileAlive<T>(life: Life, work: () => Promise<T>): Promise<T> {
  if (life.dead) return never();
  try {
    const result = await work();
    return life.dead ? never() : result;
  } catch (error) {
    if (life.dead) return never();
    throw error;
  }
}

/** What is under way in the stores of a test, whoever asked for it. */
export class UnderWay {
  readonly #works = new Set<Promise<unknown>>();

  async of<T>(work: Promise<T>): Promise<T> {
    this.#works.add(work);
    try {
      return await work;
    } finally {
      this.#works.delete(work);
    }
  }
  /** Undefined when nothing is. Never rejects. */
  get rest(): Promise<unknown> | undefined {
    return this.#works.size === 0 ? undefined : Promise.allSettled(this.#works);
  }
}

/** A store that a dead process no longer reaches. */
export function mortalStore(store: Store, life: Life, underWay: UnderWay, run: (name: CommandName) => void): Store {
  return {
    command(name, input, committed) {
      run(name);
      return whileAlive(life, () =>
        underWay.of(
          store.command(name, input, (output) => {
            if (!life.dead) committed?.(output);
          }),
        ),
      );
    },
    query: (name, input) => whileAlive(life, () => underWay.of(store.query(name, input))),
    prepare: (events) => store.prepare(events),
    close: () => store.close(),
  };
}

/** A clock that wakes no dead. */
export const mortalClock = (clock: Clock, life: Life): Clock => ({
  now: () => clock.now(),
  random: () => clock.random(),
  sleep: (ms, signal) => whileAlive(life, () => clock.sleep(ms, signal)),
});
