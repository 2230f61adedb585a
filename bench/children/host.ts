// A Node host on as many conversations as asked for. Says where it is on stdout; each line on stdin is a message arriving,
// answered by the Unix time, ms, at which it came in.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createHub } from '../../src-main/core/hub.ts';
import { systemClock } from '../../src-main/hosts/clock.ts';
import { hubDoor } from '../../src-main/hosts/hub-door.ts';
import { LateDoor } from '../../src-main/hosts/late-door.ts';
import { createLog } from '../../src-main/hosts/log.ts';
import { serve } from '../../src-main/hosts/node/server.ts';
import { openStore } from '../../src-main/store/index.ts';
import { asConversationKey, asMessageKey, asUserKey } from '../../src-shared/ids.ts';
import type { ChannelEvent } from '../../src-shared/model/index.ts';
import { benchKey } from '../context.ts';
import { benchChannel } from '../ui/channel.ts';
import { createRandom } from '../world/random.ts';
import { createLanguage } from '../world/words.ts';

const [folder = '', renderer = '', count = '100000'] = process.argv.slice(2);
const size = Number(count);
const batchSize = 1000;
const longSize = 5000;
const hourMs = 3_600_000;

const store = await openStore({ file: join(folder, 'ui.db'), key: benchKey, now: Date.now });
const me = asUserKey('me');
const { account } = await store.command('account.save', {
  channel: 'bench',
  description: { key: me, label: 'Bench', identities: [{ key: me, name: 'Robin Vale' }], config: {} },
  inboxIsLabel: false,
});
const random = createRandom(3);
const language = createLanguage();
/** One conversation of a message or three, the newest one an hour old. */
const conversation = (index: number): ChannelEvent[] => {
  const key = asConversationKey(`c${index}`);
  const at = Date.now() - hourMs - (size - index) * 60_000;
  const messages = Array.from(
    { length: index % 10 === 0 ? 3 : 1 },
    (_, n): ChannelEvent => ({
      type: 'message',
      message: {
        key: asMessageKey(`m${index}-${n}`),
        conversation: key,
        from: { is: 'user', key: asUserKey(`u${index % 3000}`), name: `Person ${index % 3000}` },
        at: at + n * 1000,
        parts: [{ kind: 'text', format: 'plain', text: language.text(random, 8 + random.below(60)) }],
        flags: { read: index % 20 !== 0 },
      },
    }),
  );
  const title = language.text(random, 2 + random.below(4)).replaceAll('.', '');
  return [{ type: 'conversation', key, patch: { kind: 'group', title }, at }, ...messages];
};
/** A line of the one conversation that is long: the newest, so that it stands first. */
const line = (index: number): ChannelEvent => ({
  type: 'message',
  message: {
    key: asMessageKey(`long-${index}`),
    conversation: asConversationKey('long'),
    from: { is: 'user', key: asUserKey(`u${index % 7}`), name: `Person ${index % 7}` },
    at: Date.now() - hourMs - (longSize - index) * 1000,
    parts: [{ kind: 'text', format: 'plain', text: language.text(random, 3 + random.below(60)) }],
    flags: { read: true },
  },
});
for (let from = 0; from < size; from += batchSize) {
  const events = Array.from({ length: Math.min(batchSize, size - from) }, (_, n) => conversation(from + n)).flat();
  await store.command('ingest', { account, batch: { events, origin: 'history' } });
}
const long: ChannelEvent = {
  type: 'conversation',
  key: asConversationKey('long'),
  patch: { kind: 'group', title: 'The long one' },
  at: Date.now() - hourMs,
};
await store.command('ingest', { account, batch: { events: [long], origin: 'history' } });
for (let from = 0; from < longSize; from += batchSize) {
  const events = Array.from({ length: batchSize }, (_, n) => line(from + n));
  await store.command('ingest', { account, batch: { events, origin: 'history' } });
}

const bench = benchChannel();
const log = createLog((line) => process.stderr.write(line), 'error');
const hub = createHub({
  ports: {
    host: 'node',
    clock: systemClock,
    log,
    secrets: {
      kind: 'throw-away',
      warning: undefined,
      get: async () => undefined,
      set: async () => {},
      delete: async () => {},
    },
    paths: { profile: folder },
    fetch: globalThis.fetch,
  },
  channels: [{ id: 'bench', load: async () => bench.channel }],
  store,
});
await hub.start();
const door = new LateDoor();
door.open(hubDoor(hub));
const uploads = join(folder, 'uploads');
mkdirSync(uploads, { recursive: true });
const server = await serve({ hub: door, renderer, uploads, port: 0, log });
process.stdout.write(`${JSON.stringify({ url: server.url, token: server.token })}\n`);

createInterface({ input: process.stdin })
  .on('line', (text) => {
    const at = Date.now();
    bench.say(text, at).then(() => process.stdout.write(`${at}\n`));
  })
  .on('close', async () => {
    await server.close();
    await hub.stop();
    await store.close();
    process.exit(0);
  });
