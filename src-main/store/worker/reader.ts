import type { Queries, QueryName } from '../api.ts';
import { open } from '../connection/open.ts';
import { Reader } from '../queries/index.ts';
import { learnInWorker } from '../search/index.ts';
import { serve } from './serve.ts';

const cacheKib = 32 * 1024;

serve((setup) => {
  const sql = open({ ...setup, readonly: true, cacheKib });
  const reader = new Reader(sql, learnInWorker(setup));
  return {
    run: ({ name, input }) => reader.query(name as QueryName, input as Queries[QueryName]['input']),
    close: () => sql.db.close(),
  };
});
