import type { CommandName, Commands } from '../api.ts';
import { execute, ingestTogether } from '../commands/index.ts';
import { explain, StoreError } from '../connection/errors.ts';
import { open } from '../connection/open.ts';
import type { Sql } from '../connection/sql.ts';
import { mergeMore } from '../ingest/merging.ts';
import type { PreparedIngest } from '../ingest/prepare.ts';
import { migrate } from '../migrations/run.ts';
import { Checkpoints } from './checkpoints.ts';
import { serve } from './serve.ts';

/** The only writing connection. Page cache: the inner pages of every index of a million messages, and the newest leaves. */
const cacheKib = 64 * 1024;

serve((setup) => {
  const sql = open({ ...setup, readonly: false, cacheKib });
  let moved: boolean;
  try {
    migrate(sql);
    // What a writer before this one left in the log may not have reached the disk.
    moved = moves(sql, 'PASSIVE');
    // From here on whoever is answered waits for the flush beside this thread (log.ts).
    sql.db.pragma('synchronous = NORMAL');
  } catch (error) {
    sql.db.close();
    throw error;
  }
  const checkpoints = new Checkpoints(sql, setup, undefined, !moved);
  return {
    run({ name, input, now }) {
      if (name === 'maintenance.checkpoint') checkpoints.settle();
      else checkpoints.makeRoom();
      return execute(sql, now, name as CommandName, input as Commands[CommandName]['input']);
    },
    together: {
      joins: ({ name }) => name === 'ingest',
      run(requests) {
        const ingests = requests.map(({ now, input }) => ({ now, input: input as PreparedIngest }));
        checkpoints.makeRoom();
        const outputs = ingestTogether(sql, ingests);
        // Stored: what is left to the collector stays for long.
        for (const { input } of ingests) input.sources?.transfer(0);
        return outputs;
      },
    },
    after: () => checkpoints.tend(),
    idle() {
      try {
        const more = mergeMore(sql);
        checkpoints.tend();
        return more;
      } catch (error) {
        // A full disk: the index stays as it is, and whoever writes next is told.
        if (explain(error) instanceof StoreError) return false;
        throw error;
      }
    },
    close() {
      checkpoints.settle();
      moves(sql, 'TRUNCATE');
      sql.db.close();
    },
  };
});

/** Moves the log into the file. False where the disk does not take it: it stays in the log, and all that is there can be read. */
function moves(sql: Sql, mode: 'PASSIVE' | 'TRUNCATE'): boolean {
  try {
    sql.db.pragma(`wal_checkpoint(${mode})`);
    return true;
  } catch (error) {
    const known = explain(error);
    if (known instanceof StoreError && (known.code === 'full' || known.code === 'io')) return false;
    throw error;
  }
}
