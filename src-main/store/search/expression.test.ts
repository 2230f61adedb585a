import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, type TextClause } from '../../../src-shared/search/index.ts';
import { together } from './expression.ts';
import { createPlan } from './plan.ts';
import { newestByWords } from './stream.ts';
import { Inbox, now } from './testing/inbox.ts';

let inbox: Inbox;
beforeAll(() => {
  inbox = new Inbox();
  inbox.letters(
    Array.from({ length: 120 }, (_, i) => ({
      text: ['common', i % 3 === 0 && 'third', i % 5 === 0 && 'fifth', i % 7 === 0 && 'seventh']
        .filter(Boolean)
        .join(' '),
    })),
  );
});
afterAll(() => inbox.close());

/** As if the index had a million messages with the word "common". */
const oneIsCommon = ({ words }: TextClause): number => (words.includes('common') ? 1_000_000 : 50);
const found = (text: string, frequency?: (clause: TextClause) => number): readonly number[] => {
  const { sql } = inbox.store;
  const plan = createPlan(sql, { query: parse(text, now) }, new Map(), frequency);
  return plan ? newestByWords(sql, plan, Number.MAX_SAFE_INTEGER, 1000) : [];
};

describe('words asked for together', () => {
  it.each([
    ['common third fifth ', 8],
    ['third common fifth seventh ', 2],
    ['common "third fifth" ', 8],
    ['common third fifth -seventh ', 6],
    ['common nowhere third ', 0],
    ['common third ', 40],
  ])('find the same whether one is known to be common or not: %s', (text, count) => {
    expect(found(text)).toHaveLength(count);
    expect(found(text, oneIsCommon)).toEqual(found(text));
  });
  it('are asked the rarest first, and the common ones of what the rare ones have in common', () => {
    const [first, ...rest] = together([
      { expression: '"a"', docs: 900_000 },
      { expression: '"b"', docs: 12 },
      { expression: '"c"', docs: 3 },
    ]);
    expect(first).toMatch(/^\(\("c" AND "b"\) NOT /u);
    expect(rest).toEqual(['"a"']);
  });
});
