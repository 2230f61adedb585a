import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sql } from '../connection/sql.ts';
import { Inbox } from './testing/inbox.ts';

let inbox: Inbox;
beforeAll(() => {
  inbox = new Inbox();
  inbox.letters(
    Array.from({ length: 2100 }, (_, i) => ({
      text: `common ${i}`,
      age: i / 10,
      starred: i === 2050,
      read: i !== 2060,
    })),
  );
});
afterAll(() => inbox.close());

/** What SQLite does for every statement some work runs. */
async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements = new Set<string>();
  const original = Sql.prototype.statement;
  Sql.prototype.statement = function (sql: string) {
    statements.add(sql);
    return original.call(this, sql);
  };
  try {
    await work();
  } finally {
    Sql.prototype.statement = original;
  }
  return [...statements].flatMap((sql) => {
    const rows = inbox.store.sql.db
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll('?', 'NULL')}`)
      .all();
    return rows.map(({ detail }) => detail);
  });
}

describe('a search reads', () => {
  it.each([
    'common ',
    'common -other from:ann ',
    'common is:unread ',
    'common is:starred ',
    'is:starred',
    'common in:inbox ',
    'common label:receipts ',
    'common larger:1M ',
    'common after:2024 ',
    'comm',
    'comnon ',
  ])('no table from end to end and sorts nothing: %s', async (text) => {
    const plans = await plansOf(() => inbox.search(text));
    expect(plans.length).toBeGreaterThan(0);
    const scans = plans.filter((plan) => /^SCAN/u.test(plan) && !allowed.some((one) => plan.includes(one)));
    expect(scans).toEqual([]);
    expect(plans.filter((plan) => plan.includes('TEMP B-TREE'))).toEqual([]);
  });
  it('by relevance just as little', async () => {
    const plans = await plansOf(() => inbox.search('common 17 ', { order: 'relevance', facets: true }));
    expect(plans.filter((plan) => plan.includes('TEMP B-TREE'))).toEqual([]);
  });
});

/** Walks along an index or over a handful of rows. */
const allowed = [
  'VIRTUAL TABLE INDEX', // the index of words, driven by its own expression
  'json_each',
  'SCAN found',
  'USING COVERING INDEX messages_unread',
  'USING INDEX messages_unread',
  'USING INDEX conversations_',
  'SCAN labels',
  'SCAN accounts',
  'SCAN (subquery', // count over a limited subquery
  'SCAN CONSTANT ROW',
];
