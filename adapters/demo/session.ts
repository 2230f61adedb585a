import { ChannelError, type SessionContext, type SessionOf } from '../../src-shared/channel.ts';
import { asCursor, type ChannelEvent } from '../../src-shared/model/index.ts';
import type { features } from './features.ts';
import { historyPage, historyScope } from './history.ts';
import { live } from './live.ts';
import { configOf } from './login.ts';
import { bytesOf } from './media/index.ts';
import { networks } from './networks.ts';
import { operations } from './operations.ts';
import { outgoingKey, send } from './send.ts';
import { Tasks } from './tasks.ts';
import { buildWorld } from './world/index.ts';

/** How often the pretend network says that it still hears us, ms. */
const heartbeatMs = 30_000;

export function openSession(context: SessionContext): SessionOf<typeof features> {
  const config = configOf(context.account);
  const network = networks[config.network];
  const world = buildWorld(network, config.epoch);
  const tasks = new Tasks();
  const place = { context, config, network, world, tasks };

  async function heartbeat(signal: AbortSignal): Promise<void> {
    for (;;) {
      context.proven();
      await context.clock.sleep(heartbeatMs, signal);
    }
  }
  /** The setting is told once; a scope that was told is not opened again. */
  async function introduce(): Promise<void> {
    if ((await context.checkpoint('setting')) !== undefined) return;
    const events: ChannelEvent[] = [
      ...world.setting,
      { type: 'history', scope: historyScope, title: 'Everything so far', total: world.entries.length },
    ];
    await context.emit({ events, origin: 'history', checkpoint: { scope: 'setting', cursor: asCursor('told') } });
  }

  return {
    async connect(signal) {
      context.state({ is: 'connecting', doing: 'Waking the demo world' });
      tasks.follow(signal);
      try {
        await introduce();
        if (tasks.signal.aborted) return;
        context.state({ is: 'online' });
        tasks.start('heartbeat', heartbeat, context);
        if (config.speed > 0) tasks.start('live', (ended) => live(place, ended), context);
      } catch (cause) {
        if (!tasks.signal.aborted) context.state({ is: 'offline', message: `The demo world did not start: ${cause}` });
      }
    },
    disconnect: () => tasks.stop(),
    ...(network.echoes
      ? {}
      : {
          identify: (message, txn) => {
            const key = outgoingKey(network, txn);
            return message.conversation === undefined || network.style === 'mail'
              ? { key, links: [key, ...(message.references ?? [])] }
              : { key };
          },
        }),
    send: (message, options) => send(place, message, options),
    async openBlob({ ref }, signal) {
      signal.throwIfAborted();
      const bytes = bytesOf(ref);
      if (!bytes) throw new ChannelError('not-found', 'refused', 'The demo world has no such file (any more).');
      return (async function* () {
        yield bytes;
      })();
    },
    backfill: { fetch: (query) => historyPage(place, query) },
    ...operations(place),
    search: {
      async find(text, _cursor, signal) {
        signal.throwIfAborted();
        const wanted = text.toLowerCase();
        const found = world.entries.filter(({ events }) => JSON.stringify(events[0]).toLowerCase().includes(wanted));
        return { events: found.slice(0, 50).flatMap(({ events }) => events), done: found.length, total: found.length };
      },
    },
    contacts: {
      async *list(signal) {
        signal.throwIfAborted();
        yield world.setting.filter(({ type }) => type === 'user');
      },
    },
    typing: { set: () => {} },
    presence: { set: () => {} },
  };
}
