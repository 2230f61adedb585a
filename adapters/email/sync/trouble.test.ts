import { expect, it } from 'vitest';
import { asUserKey } from '../../../src-shared/model/index.ts';
import { fakeClock, Memory, recorder } from '../../_kit/testing/index.ts';
import { trackTrouble } from './trouble.ts';

const account = { key: asUserKey('ann@example.test'), label: 'Ann', identities: [], config: {} };
const folder = { path: 'INBOX', uidValidity: 7n };
/** A server that ends the connection over some UIDs; each session of ours ends with it. */
function world(deadly: ReadonlySet<number>) {
  const memory = new Memory();
  const commands: (readonly number[])[] = [];
  const session = async (uids: readonly number[], where = folder): Promise<readonly number[] | 'lost'> => {
    const { context } = recorder({ account, clock: fakeClock(), memory });
    let lost = false;
    try {
      return await trackTrouble(context).guard(
        where,
        uids,
        async (some) => {
          if (some.length > 0) commands.push(some);
          lost = some.some((uid) => deadly.has(uid));
          if (lost) throw new Error('connection lost');
          return some;
        },
        () => lost,
      );
    } catch {
      return 'lost';
    }
  };
  return { session, commands };
}

it('fetches all at once while nothing is amiss', async () => {
  const { session, commands } = world(new Set());
  expect(await session([1, 2, 3])).toEqual([1, 2, 3]);
  expect(commands).toEqual([[1, 2, 3]]);
});

it('finds the one message that ends the connection and passes it over, from then on', async () => {
  const { session } = world(new Set([2]));
  let result = await session([1, 2, 3]);
  let attempts = 1;
  for (; result === 'lost' && attempts < 20; attempts += 1) result = await session([1, 2, 3]);
  expect(result).toEqual([1, 3]);
  expect(attempts).toBeLessThan(8);
  expect(await session([1, 2, 3])).toEqual([1, 3]);
});

it('passes over nothing because of a cable pulled once', async () => {
  const deadly = new Set([1, 2, 3]);
  const { session } = world(deadly);
  expect(await session([1, 2, 3])).toBe('lost');
  deadly.clear();
  expect(await session([1, 2, 3])).toEqual([1, 2, 3]);
});

it('forgets everything when the folder is renumbered', async () => {
  const deadly = new Set([2]);
  const { session } = world(deadly);
  for (let attempt = 0; attempt < 8; attempt += 1) await session([1, 2]);
  expect(await session([1, 2])).toEqual([1]);
  deadly.clear();
  expect(await session([1, 2], { path: 'INBOX', uidValidity: 8n })).toEqual([1, 2]);
});

it('does not hold a failure against a message that was not the connection', async () => {
  const { context } = recorder({ account, clock: fakeClock(), memory: new Memory() });
  const trouble = trackTrouble(context);
  const fail = () => Promise.reject(new Error('the server said no'));
  for (let attempt = 0; attempt < 5; attempt += 1)
    await expect(trouble.guard(folder, [1], fail, () => false)).rejects.toThrow('said no');
  expect(
    await trouble.guard(
      folder,
      [1],
      async (some) => some,
      () => false,
    ),
  ).toEqual([1]);
});
