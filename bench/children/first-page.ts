import { openStore } from '../../src-main/store/index.ts';
import { ListQuery } from '../../src-shared/ipc/index.ts';
import { benchKey } from '../context.ts';

/** Opens the database named by the first argument, reads the first inbox page, says so and ends. */
const [, , file] = process.argv;
if (file === undefined) throw new RangeError('which database?');
const store = await openStore({ file, key: benchKey, now: Date.now });
const page = await store.query('list.page', ListQuery.parse({ view: 'inbox' }));
console.log(page.rows.length);
await store.close();
