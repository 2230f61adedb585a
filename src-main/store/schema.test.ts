import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import * as schema from './schema.ts';
import { MemoryStore } from './testing/memory.ts';

const mirrored = Object.values(schema).filter((value) => is(value, SQLiteTable));

test('the mirror names every table and every column, with its type, key and nullability', () => {
  const { sql } = new MemoryStore();
  const real = sql
    .all<{ name: string }>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'
       AND name NOT LIKE 'message_fts%' ORDER BY name`,
    )
    .map(({ name }) => name);
  expect(mirrored.map((table) => getTableName(table)).sort()).toEqual(real);

  for (const table of mirrored) {
    const composite = getTableConfig(table).primaryKeys.flatMap((key) => key.columns.map((column) => column.name));
    const told = Object.values(getTableColumns(table)).map((column) => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      required: column.notNull || column.primary,
      key: column.primary || composite.includes(column.name),
    }));
    const columns = sql
      .all<{ name: string; type: string; notnull: number; pk: number }>(
        'SELECT name, type, "notnull", pk FROM pragma_table_info(?)',
        getTableName(table),
      )
      .map(({ name, type, notnull, pk }) => ({ name, type, required: notnull === 1 || pk > 0, key: pk > 0 }));
    expect(told, getTableName(table)).toEqual(columns);
  }
});

test('every table is STRICT', () => {
  const { sql } = new MemoryStore();
  const loose = sql.all(
    `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
     AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'message_fts%'`,
  );
  expect(loose).toEqual([]);
});
