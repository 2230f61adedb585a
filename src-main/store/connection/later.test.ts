import Database from 'better-sqlite3-multiple-ciphers';
import { expect, test } from 'vitest';
import { insertion, together } from './insertion.ts';
import { Sql } from './sql.ts';

const fruit = insertion('fruit', ['name', 'weight']);
function shelf(): Sql {
  const sql = new Sql(new Database(':memory:'));
  sql.db.exec('CREATE TABLE fruit (name TEXT PRIMARY KEY, weight INTEGER NOT NULL) STRICT');
  return sql;
}
const names = (sql: Sql) => sql.all<{ name: string }>('SELECT name FROM fruit ORDER BY weight').map(({ name }) => name);

test('rows written later are there for whoever asks for their table, in the transaction and after it', () => {
  const sql = shelf();
  const many = Array.from({ length: 2 * together + 3 }, (_, i) => `fruit ${i}`);
  sql.transaction(() => {
    for (const [weight, name] of many.entries()) sql.later(fruit, name, weight);
    expect(sql.get('SELECT count(*) AS n FROM fruit')).toEqual({ n: many.length });
    sql.later(fruit, 'one more', many.length);
    sql.run(`UPDATE fruit SET name = 'the last' WHERE name = 'one more'`);
    sql.later(fruit, 'seen by nobody before the end', many.length + 1);
  });
  expect(names(sql)).toEqual([...many, 'the last', 'seen by nobody before the end']);
});

test('what was to be written later goes with the transaction that failed, and not into the next', () => {
  const sql = shelf();
  const work = () => {
    sql.later(fruit, 'apple', 1);
    throw new Error('no');
  };
  expect(() => sql.transaction(work)).toThrow('no');
  sql.transaction(() => sql.later(fruit, 'pear', 2));
  expect(names(sql)).toEqual(['pear']);
});

test('a row that cannot be written fails its transaction, also among others', () => {
  const sql = shelf();
  const twice = () => {
    for (let i = 0; i <= together; i += 1) sql.later(fruit, `fruit ${i % together}`, i);
  };
  expect(() => sql.transaction(twice)).toThrow('UNIQUE');
  expect(names(sql)).toEqual([]);
});

test('outside of a transaction nothing waits', () => {
  const sql = shelf();
  sql.later(fruit, 'apple', 1);
  expect(sql.db.prepare('SELECT name FROM fruit').all()).toEqual([{ name: 'apple' }]);
});
