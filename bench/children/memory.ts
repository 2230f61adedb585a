import { openStore } from '../../src-main/store/index.ts';
import { ListQuery, SearchQuery } from '../../src-shared/ipc/index.ts';
import { benchKey } from '../context.ts';
import { createLanguage } from '../world/words.ts';
import { worldEnd } from '../world/world.ts';

/** A session of reading and searching over the database named by the first argument; prints the memory held, bytes. */
const [, , file] = process.argv;
if (file === undefined) throw new RangeError('which database?');
const store = await openStore({ file, key: benchKey, now: () => worldEnd });
const { words } = createLanguage();
let cursor: string | undefined;
for (let i = 0; i < 100; i += 1) {
  const page = await store.query('list.page', ListQuery.parse({ view: 'inbox', cursor }));
  cursor = page.next;
  const [first] = page.rows;
  if (first) await store.query('conversation.page', { conversation: first.id, limit: 50 });
  await store.query('search', { ...SearchQuery.parse({ text: `${words[i * 50]} ` }), now: worldEnd });
  await store.query('search', { ...SearchQuery.parse({ text: `${words[2000 + i]}x` }), now: worldEnd });
}
console.log(process.memoryUsage().rss);
await store.close();
