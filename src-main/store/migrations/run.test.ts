import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { open } from '../connection/open.ts';
import { Sql } from '../connection/sql.ts';
import { tag } from '../search/tags.ts';
import { migrations } from './index.ts';
import { migrate, schemaVersion } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-migrate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const memory = () => new Sql(new Database(':memory:'));
const tables = (sql: Sql) => sql.all('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name');

test('from every earlier version the newest schema is reached, the same as from nothing', () => {
  const newest = memory();
  migrate(newest);
  expect(schemaVersion(newest)).toBe(migrations.length);
  for (let version = 0; version < migrations.length; version += 1) {
    const sql = memory();
    migrate(sql, migrations.slice(0, version));
    expect(schemaVersion(sql)).toBe(version);
    migrate(sql);
    expect(tables(sql)).toEqual(tables(newest));
  }
});

test('each migration is called by its place in the list, and so is its file', () => {
  const named = migrations.map(({ name }) => name);
  const files = readdirSync(import.meta.dirname).filter((file) => /^\d/.test(file));
  expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual(named);
  for (const [place, name] of named.entries())
    expect(name).toMatch(new RegExp(`^${String(place + 1).padStart(4, '0')}-`));
});

test('0011: accounts that have had mail to the person are known for it', () => {
  const sql = memory();
  migrate(sql, migrations.slice(0, 10));
  for (const [id, key] of ['mail', 'other mail', 'chat'].entries())
    sql.run(
      `INSERT INTO accounts (id, channel, key, label, identities, config, inbox_is_label) VALUES (?, 'x', ?, '', '[]', '{}', 0)`,
      id + 1,
      key,
    );
  for (const tags of [[tag.account(1), tag.toMe], [tag.account(2), tag.fromMe], [tag.account(3)]])
    sql.run('INSERT INTO message_fts (tags) VALUES (?)', tags.join(' '));
  migrate(sql);
  expect(sql.all('SELECT id, to_me FROM accounts')).toEqual([
    { id: 1, to_me: 1 },
    { id: 2, to_me: 0 },
    { id: 3, to_me: 0 },
  ]);
});

test('migrating a second time does nothing', () => {
  const sql = memory();
  migrate(sql);
  const before = tables(sql);
  migrate(sql);
  expect(tables(sql)).toEqual(before);
});

test('a migration that fails leaves the version before it', () => {
  const sql = memory();
  const steps = [
    { name: 'one', sql: 'CREATE TABLE one (id INTEGER) STRICT' },
    { name: 'two', sql: 'CREATE TABLE two (id INTEGER) STRICT; CREATE TABLE one (id INTEGER) STRICT' },
  ];
  expect(() => migrate(sql, steps)).toThrow('already exists');
  expect(schemaVersion(sql)).toBe(1);
  expect(sql.all(`SELECT name FROM sqlite_schema WHERE name = 'two'`)).toEqual([]);
});

test('a database of a newer version is refused by name and not a byte of it changes', () => {
  const file = join(folder, 'carillon.db');
  const key = new Uint8Array(32).fill(3);
  const newer = open({ file, key, readonly: false, cacheKib: 1000 });
  migrate(newer);
  newer.db.pragma(`user_version = ${migrations.length + 1}`);
  newer.db.pragma('wal_checkpoint(TRUNCATE)');
  newer.db.close();
  const before = readFileSync(file);

  const sql = open({ file, key, readonly: false, cacheKib: 1000 });
  expect(() => migrate(sql)).toThrow(expect.objectContaining({ name: 'StoreError', code: 'newer-schema' }));
  sql.db.close();
  expect(readFileSync(file).equals(before)).toBe(true);
});
