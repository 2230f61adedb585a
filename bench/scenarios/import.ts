import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createHub } from '../../src-main/core/hub.ts';
import { channels } from '../../src-main/hosts/channels.ts';
import { systemClock } from '../../src-main/hosts/clock.ts';
import type { Ports, SecretStore } from '../../src-main/ports/index.ts';
import { openStore } from '../../src-main/store/index.ts';
import type { Reply } from '../../src-shared/ipc/index.ts';
import type { ImportView, Stats } from '../../src-shared/ipc/view.ts';
import { type Bench, benchKey } from '../context.ts';
import type { Figure } from '../measure.ts';
import { writeMbox } from '../world/mbox.ts';

/** Real mail of three public lists, where the corpora lie beside the project. */
const corpus = join(import.meta.dirname, '..', '..', '..', 'shared', 'corpora', 'mail', 'list-10670.mbox');
const generated = 10_000;

/** An mbox file end to end: hub, archive adapter, parser thread, ingest, into an empty profile. */
export async function importing({ folder, world }: Bench): Promise<readonly Figure[]> {
  const real = existsSync(corpus);
  const path = real ? corpus : join(folder, 'generated.mbox');
  if (!real) await writeMbox(path, world, generated);
  const profile = join(folder, 'import');
  mkdirSync(profile);
  const store = await openStore({ file: join(profile, 'carillon.db'), key: benchKey, now: Date.now });
  const hub = createHub({ ports: portsIn(profile), channels, store });
  try {
    await hub.start();
    const begun = performance.now();
    const ended = new Promise<ImportView>((resolve, reject) => {
      hub.on((event, payload) => {
        if (event !== 'import') return;
        const view = payload as ImportView;
        if (view.state === 'done') resolve(view);
        else if (view.state === 'failed') reject(new Error(view.error ?? 'the import failed'));
      });
    });
    value(await hub.call('import.start', { path }, { window: 'bench' }));
    const { messages } = await ended;
    const seconds = (performance.now() - begun) / 1000;
    const stats = value(await hub.call('app.stats', {}, { window: 'bench' })) as Stats;
    const what = real ? 'mbox of real mail' : 'mbox of made-up mail';
    return [
      {
        scenario: 'import',
        name: what,
        value: messages / seconds,
        unit: 'messages/s',
        bar: { at: 'least', value: 1000 },
      },
      { scenario: 'import', name: 'different messages', value: stats.messages, unit: 'messages' },
      { scenario: 'import', name: 'memory of the process', value: process.memoryUsage().rss / 1e6, unit: 'MB' },
    ];
  } finally {
    await hub.stop();
    await store.close();
  }
}

function value(reply: Reply<unknown>): unknown {
  if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
  return reply.value;
}

function portsIn(profile: string): Ports {
  const kept = new Map<string, string>();
  const secrets: SecretStore = {
    kind: 'throw-away',
    warning: undefined,
    get: async (name) => kept.get(name),
    set: async (name, secret) => void kept.set(name, secret),
    delete: async (name) => void kept.delete(name),
  };
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: console.error };
  return { host: 'node', clock: systemClock, log, secrets, paths: { profile }, fetch };
}
