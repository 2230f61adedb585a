import type { Allowance } from '../../../src-shared/channel.ts';

const share = ({ left, limit }: Allowance): number => (limit > 0 ? left / limit : 1);

/** What is nearest to its end first: silences the network asked for, then whatever has least left. */
export const tightest = (allowances: readonly Allowance[]): readonly Allowance[] =>
  allowances.toSorted(
    (a, b) =>
      Number(b.blockedUntil !== undefined) - Number(a.blockedUntil !== undefined) ||
      share(a) - share(b) ||
      a.rule.localeCompare(b.rule),
  );
