import { asCursor, asMessageKey, asUserKey } from '../../../src-shared/model/index.ts';
import { openStore } from '../index.ts';

/** Run as a child: fills the store named on the command line until killed, saying on stdout what has been committed. */
const [, , file = ''] = process.argv;
const store = await openStore({ file, key: new Uint8Array(32).fill(7), now: Date.now });
const { account } = await store.command('account.save', {
  channel: 'test',
  inboxIsLabel: false,
  description: { key: asUserKey('me'), label: 'Mine', identities: [], config: {} },
});
const batchSize = 50;
for (let batch = 1; ; batch += 1) {
  await store.command('ingest', {
    account,
    batch: {
      origin: 'history',
      checkpoint: { scope: 'all', cursor: asCursor(String(batch * batchSize)) },
      events: Array.from({ length: batchSize }, (_, i) => {
        const n = (batch - 1) * batchSize + i;
        return {
          type: 'message' as const,
          message: {
            key: asMessageKey(`m${n}`),
            links: [`m${n}`, `m${n % 97}`],
            from: { is: 'user' as const, key: asUserKey(`u${n % 31}@example.org`) },
            at: 1_600_000_000_000 + ((n * 7919) % 100_000) * 1000,
            parts: [{ kind: 'text' as const, format: 'plain' as const, text: `words of message number ${n}` }],
          },
        };
      }),
    },
  });
  process.stdout.write(`${batch * batchSize}\n`);
}
