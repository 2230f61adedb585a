import { expect, test } from 'vitest';
import { tightest } from './allowances.ts';

test('what the network silenced comes first, then what is nearest to its end', () => {
  const allowance = (rule: string, left: number, limit: number, blockedUntil?: number) => ({
    rule,
    left,
    limit,
    fullAt: 0,
    ...(blockedUntil === undefined ? {} : { blockedUntil }),
  });
  const all = [
    allowance('much', 90, 100),
    allowance('little', 3, 100),
    allowance('silent', 5, 5, 1),
    allowance('none', 0, 0),
  ];
  expect(tightest(all).map(({ rule }) => rule)).toEqual(['silent', 'little', 'much', 'none']);
});
