import { describe, expect, it } from 'vitest';
import { fakeClock } from './clock.ts';

describe('a fake clock', () => {
  it('wakes sleepers at their moment and in their order', async () => {
    const clock = fakeClock(1000);
    const woken: string[] = [];
    const sleeper = async (name: string, ...waits: readonly number[]) => {
      for (const wait of waits) {
        await clock.sleep(wait);
        woken.push(`${name} ${clock.now()}`);
      }
    };
    const all = Promise.all([sleeper('slow', 300), sleeper('quick', 100, 100), sleeper('late', 900)]);
    await clock.advance(500);
    expect(woken).toEqual(['quick 1100', 'quick 1200', 'slow 1300']);
    expect(clock.sleeping).toBe(1);
    await clock.advance(500);
    await all;
    expect(clock.now()).toBe(2000);
  });

  it('stands still while work goes on that knows no clock', async () => {
    const clock = fakeClock(0);
    let work: Promise<unknown> | undefined;
    const forget = clock.waitFor(() => work);
    const done: number[] = [];
    const step = async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      work = promise;
      setTimeout(resolve, 5);
      await promise;
      work = undefined;
      done.push(clock.now());
    };
    const worker = (async () => {
      await clock.sleep(100);
      await step();
      await clock.sleep(100);
      await step();
    })();
    await clock.advance(250);
    await worker;
    expect(done).toEqual([100, 200]);
    work = new Promise(() => undefined);
    forget();
    await clock.advance(50);
    expect(clock.now()).toBe(300);
  });

  it('lets a sleeper go when it is called off', async () => {
    const clock = fakeClock();
    const stop = new AbortController();
    const sleep = clock.sleep(1000, stop.signal);
    stop.abort(new Error('no need'));
    await expect(sleep).rejects.toThrow('no need');
    expect(clock.sleeping).toBe(0);
  });

  it('draws the same chance for the same seed', () => {
    const draw = (seed: number) => {
      const clock = fakeClock(0, seed);
      return [clock.random(), clock.random(), clock.random()];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });
});
