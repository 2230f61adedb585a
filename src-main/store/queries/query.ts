import type { Queries, QueryName } from '../api.ts';
import type { Sql } from '../connection/sql.ts';

export type Handler<K extends QueryName> = (sql: Sql, input: Queries[K]['input']) => Queries[K]['output'];
export type Handlers<K extends QueryName> = { readonly [N in K]: Handler<N> };

/** Ids as one bound value, for `IN (SELECT value FROM json_each(?))`: one statement whatever their number. */
export const idList = (ids: Iterable<number>): string => JSON.stringify([...ids]);
