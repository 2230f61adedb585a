import { asMessageKey, asUserKey } from '../../../src-shared/model/index.ts';
import { StoreError } from '../connection/errors.ts';
import { openStore } from '../index.ts';

/**
 * Run as a child that may make no file larger than so much: opens the store three times and writes each time until it is
 * refused. Says on stdout, as JSON, how much was acknowledged, the codes of the refusals, and how much it could read last.
 */
const [, , file = ''] = process.argv;
let acknowledged = 0;
let found = 0;
const codes: (string | undefined)[] = [];
for (let run = 0; run < 3; run++) {
  const store = await openStore({ file, key: new Uint8Array(32).fill(7), now: Date.now });
  try {
    const description = { key: asUserKey('me'), label: 'Mine', identities: [], config: {} };
    const [known] = await store.query('accounts', {});
    const account =
      known?.id ?? (await store.command('account.save', { channel: 'test', inboxIsLabel: false, description })).account;
    for (;;) {
      const events = Array.from({ length: 50 }, (_, i) => ({
        type: 'message' as const,
        message: {
          key: asMessageKey(`m${acknowledged + i}`),
          links: [`m${acknowledged + i}`],
          from: { is: 'user' as const, key: asUserKey('ada@example.org') },
          at: 1_600_000_000_000 + (acknowledged + i) * 1000,
          parts: [{ kind: 'text' as const, format: 'plain' as const, text: `${Math.random()} `.repeat(100) }],
        },
      }));
      await store.command('ingest', { account, batch: { origin: 'history', events } });
      acknowledged += events.length;
    }
  } catch (error) {
    codes.push(error instanceof StoreError ? error.code : String(error));
    found = (await store.query('stats', {})).messages;
  }
  await store.close();
}
console.log(JSON.stringify({ acknowledged, codes, found }));
