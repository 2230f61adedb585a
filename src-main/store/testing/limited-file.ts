import { explain, StoreError } from '../connection/errors.ts';
import { open } from '../connection/open.ts';
import { Checkpoints } from '../worker/checkpoints.ts';

/**
 * Run as a child that may make no file of more than a megabyte: writes until what is in the log cannot be moved into the
 * file any more. Says on stdout the code of the error, how many rows were written and are there, and how many pages are in the log.
 */
const [, , file = ''] = process.argv;
const setup = { file, key: new Uint8Array(32).fill(7) };
const sql = open({ ...setup, readonly: false, cacheKib: 1000 });
const checkpoints = new Checkpoints(sql, setup, { due: 50, few: 20, most: 100_000, patience: 60_000 });
sql.run('CREATE TABLE IF NOT EXISTS pages (content BLOB)');
let written = 0;
let code: string | undefined;
while (code === undefined)
  try {
    checkpoints.makeRoom();
    sql.run('INSERT INTO pages VALUES (randomblob(20000))');
    written += 1;
    checkpoints.tend();
    // So that it has not merely come too late.
    checkpoints.settle();
  } catch (error) {
    const known = explain(error);
    code = known instanceof StoreError ? known.code : String(error);
  }
const found = sql.get<{ n: number }>('SELECT count(*) AS n FROM pages')?.n;
const log = sql.get<{ log: number }>('PRAGMA wal_checkpoint(NOOP)')?.log;
console.log(JSON.stringify({ code, written, found, log }));
