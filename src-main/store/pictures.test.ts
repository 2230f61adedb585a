import { expect, test } from 'vitest';
import type { PictureOf } from '../../src-shared/channel.ts';
import { asUserKey } from '../../src-shared/model/index.ts';
import { MemoryStore } from './testing/memory.ts';

const emoji = (name: string): PictureOf => ({ is: 'emoji', emoji: name });

test('pictures not seen for longest make way beyond a bound; they go with their account, and none comes after it', () => {
  const store = new MemoryStore();
  const description = { key: asUserKey('me'), label: 'Mine', identities: [], config: {} };
  const { account } = store.command('account.save', { channel: 'test', inboxIsLabel: false, description });
  const keep = (name: string, at: number, bytes = 800) =>
    store.command('picture.stored', {
      account,
      of: emoji(name),
      picture: { mime: 'image/png', content: new Uint8Array(bytes) },
      at,
      most: 3500,
    });
  const kept = (name: string) => store.query('people.pictured', { account, emoji: name })?.kept ?? undefined;
  for (const [at, name] of [':a:', ':b:', ':c:'].entries()) keep(name, at);
  store.command('pictures.seen', { pictures: [{ account, of: emoji(':a:') }], at: 10 });
  keep(':d:', 11);
  expect([':a:', ':b:', ':c:', ':d:'].filter(kept)).toEqual([':a:', ':c:', ':d:']);
  expect(kept(':a:')).toMatchObject({ fetchedAt: 0, seenAt: 10, picture: { mime: 'image/png' } });
  keep(':a:', 12, 3400);
  expect([':a:', ':b:', ':c:', ':d:'].filter(kept)).toEqual([]);
  store.command('picture.stored', { account, of: emoji(':a:'), picture: null, at: 13, most: 3500 });
  expect(kept(':a:')).toEqual({ picture: null, fetchedAt: 13, seenAt: 13 });

  store.command('account.remove', { account });
  expect(kept(':a:')).toBeUndefined();
  keep(':a:', 14);
  expect(store.sql.get('SELECT count(*) AS n FROM pictures')).toEqual({ n: 0 });
  store.close();
});

test('what is kept of a picture is found, and their sum made, by an index', () => {
  const { sql } = new MemoryStore();
  const plan = (query: string) => JSON.stringify(sql.all(`EXPLAIN QUERY PLAN ${query}`));
  expect(plan('SELECT sum(bytes) FROM pictures')).toContain('COVERING INDEX pictures_seen');
  expect(plan('SELECT * FROM pictures WHERE account = 1 AND subject = 2 AND ref = 3')).toContain('USING INDEX');
});
