import { expect, it } from 'vitest';
import { asConversationKey, asMessageKey, asUserKey } from '../../../src-shared/ids.ts';
import { MemoryStore } from '../testing/memory.ts';
import { mergeMore } from './merging.ts';

it('leaves merging the index to when nobody waits, where little was written, and finds the same before and after', () => {
  const store = new MemoryStore();
  const me = asUserKey('me');
  const { account } = store.command('account.save', {
    channel: 'test',
    description: { key: me, label: 'Test', identities: [{ key: me }], config: {} },
    inboxIsLabel: false,
  });
  for (let i = 0; i < 12; i += 1)
    store.command('ingest', {
      account,
      batch: {
        origin: 'live',
        events: [
          {
            type: 'message',
            message: {
              key: asMessageKey(`m${i}`),
              conversation: asConversationKey('c'),
              from: { is: 'user', key: asUserKey('ann') },
              at: 1_700_000_000_000 + i,
              parts: [{ kind: 'text', format: 'plain', text: `bell ${i}` }],
            },
          },
        ],
      },
    });
  const found = () => store.sql.all(`SELECT rowid FROM message_fts WHERE message_fts MATCH 'bell'`).length;
  expect(found()).toBe(12);
  expect(mergeMore(store.sql)).toBe(true);
  while (mergeMore(store.sql));
  expect(found()).toBe(12);
  expect(() => store.sql.run(`INSERT INTO message_fts (message_fts) VALUES ('integrity-check')`)).not.toThrow();
  store.close();
});
