import { afterEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../testing/index.ts';
import { type Pace, pace } from './index.ts';

const options = { leastMs: 5000, watchedMs: 10_000, mostMs: 60_000 };
const over = new Map<Pace, AbortController>();
afterEach(() => {
  for (const end of over.values()) end.abort();
  over.clear();
});

/** Looks at its pace; each takes `lookMs`. `at`: when looks began, in seconds since the beginning. */
function looking(lookMs = 0): { clock: FakeClock; looks: Pace; at: number[] } {
  const clock = fakeClock();
  const looks = pace(clock, options);
  const began = clock.now();
  const at: number[] = [];
  const end = new AbortController();
  over.set(looks, end);
  const run = async () => {
    for (;;) {
      await looks.next(end.signal);
      at.push((clock.now() - began) / 1000);
      if (lookMs > 0) await clock.sleep(lookMs, end.signal);
    }
  };
  run().catch(() => undefined); // ends with the test
  return { clock, looks, at };
}

describe('a pace', () => {
  it('is quick after something happened and slows down to the longest pause', async () => {
    const { clock, looks, at } = looking();
    await clock.advance(300_000);
    expect(at.slice(0, 3)).toEqual([5, 12, 21.8]);
    expect((at.at(-1) ?? 0) - (at.at(-2) ?? 0)).toBe(60);
    looks.happened();
    looks.ring();
    await clock.advance(0);
    const [last = 0, next = 0] = [at.at(-1), looks.nextAt];
    expect(last).toBe(300);
    expect(next - clock.now()).toBe(5000 * 1.4);
  });

  it('shortens the pause under way when something comes in front, and lengthens it again when nothing is', async () => {
    const { clock, looks, at } = looking();
    await clock.advance(300_000);
    expect(at.slice(-2)).toEqual([231.978, 291.978]);
    // 8 of 60 seconds are over: two are left of the ten for what is in front.
    looks.watched(true);
    await clock.advance(0);
    expect(looks.nextAt).toBe(clock.now() + 1978);
    await clock.advance(30_000);
    expect(at.slice(-3)).toEqual([301.978, 311.978, 321.978]);
    looks.watched(false);
    await clock.advance(0);
    expect(looks.nextAt).toBe(clock.now() + 51_978);
    // More than ten seconds of the pause are over: it is over.
    await clock.advance(20_000);
    looks.watched(true);
    await clock.advance(0);
    expect(at.at(-1)).toBe(350);
  });

  it('looks when one turns to something: at once, or as soon as the last look is long enough ago', async () => {
    const { clock, looks, at } = looking();
    await clock.advance(5000);
    expect(at).toEqual([5]);
    await clock.advance(500);
    looks.glance(2000);
    await clock.advance(1000);
    looks.glance(2000);
    expect(at).toEqual([5]);
    expect(looks.nextAt).toBe(clock.now() + 500);
    await clock.advance(500);
    expect(at).toEqual([5, 7]);
    await clock.advance(3000);
    looks.glance(2000);
    await clock.advance(0);
    expect(at).toEqual([5, 7, 10]);
  });

  it('looks again after a look that one turned to something amid, or that was rung amid', async () => {
    const { clock, looks, at } = looking(1000);
    await clock.advance(5500);
    expect(looks.nextAt).toBeUndefined();
    looks.glance(2000);
    await clock.advance(1500);
    expect(at).toEqual([5, 7]);
    looks.ring();
    await clock.advance(1000);
    expect(at).toEqual([5, 7, 8]);
    await clock.advance(7000);
    expect(at).toEqual([5, 7, 8]);
    await clock.advance(1000);
    expect(at).toEqual([5, 7, 8, 16]);
  });

  it('ends with the reason of its signal, and leaves nobody asleep', async () => {
    const { clock, looks } = looking();
    await clock.advance(1000);
    over.get(looks)?.abort();
    await clock.advance(0);
    expect(clock.sleeping).toBe(0);
    await expect(looks.next(AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
  });
});
