/** Answers that come when the test gives them; what is given before it is asked for is answered at once. */
export function held<T>() {
  const waiting: ((value: T | Promise<T>) => void)[] = [];
  const given: (() => T | Promise<T>)[] = [];
  return {
    answer: () =>
      new Promise<T>((resolve) => {
        const ready = given.shift();
        if (ready) resolve(ready());
        else waiting.push(resolve);
      }),
    /** @param last to the one that asked last, before all that have waited longer */
    give(value: T | Promise<T>, last?: 'last'): void {
      const resolve = last ? waiting.pop() : waiting.shift();
      if (resolve) resolve(value);
      else given.push(() => value);
    },
  };
}
