import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atRest, type Rest } from './at-rest.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

function counted(rest?: Rest) {
  const runs: number[] = [];
  const look = atRest(async () => void runs.push(performance.now()), rest);
  const begun = performance.now();
  return { look, runs: () => runs.map((at) => Math.round(at - begun)) };
}

test('what comes alone is looked at at once, each time', async () => {
  const { look, runs } = counted();
  look();
  expect(runs()).toEqual([0]);
  await vi.advanceTimersByTimeAsync(1_000);
  look();
  expect(runs()).toEqual([0, 1_000]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(runs()).toEqual([0, 1_000]);
});

test('of many in a row the first is looked at at once and the rest together once they are over', async () => {
  const { look, runs } = counted();
  for (let time = 0; time <= 400; time += 50) {
    look();
    await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(5_000);
  expect(runs()).toEqual([0, 700]);
});

test('what does not end is looked at every now and then all the same', async () => {
  const { look, runs } = counted();
  for (let time = 0; time < 3_000; time += 50) {
    look();
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(runs()).toEqual([0, 1_050, 2_050]);
});

test('what is in no hurry is never looked at at once', async () => {
  const { look, runs } = counted({ restMs: 1_000, latestMs: 3_000, eager: false });
  look();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(runs()).toEqual([1_000]);
  for (let time = 0; time < 4_500; time += 500) {
    look();
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(runs()).toEqual([1_000, 8_000]);
});

test('a look that fails stands in nobody’s way', async () => {
  let fails = true;
  let done = 0;
  const look = atRest(async () => {
    if (fails) throw new Error('no answer');
    done++;
  });
  look();
  fails = false;
  await vi.advanceTimersByTimeAsync(1_000);
  look();
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toBe(1);
});
