import { expect, test } from 'vitest';
import { inTurn } from './in-turn.ts';

function slow() {
  const ends: (() => void)[] = [];
  const run = inTurn(() => new Promise<void>((resolve) => ends.push(resolve)));
  return { ends, run };
}

test('what is asked while it runs is covered by one more run', async () => {
  const { ends, run } = slow();
  const first = run();
  const second = run();
  const third = run();
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await first;
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await Promise.all([second, third]);
  expect(ends).toHaveLength(2);
  const fourth = run();
  expect(ends).toHaveLength(3);
  ends[2]?.();
  await fourth;
});

test('a run that failed stands in nobody’s way', async () => {
  let fails = true;
  const run = inTurn(async () => {
    if (fails) throw new Error('no answer');
  });
  await expect(run()).rejects.toThrow('no answer');
  fails = false;
  await run();
});
