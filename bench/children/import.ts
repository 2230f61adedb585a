import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createHub } from '../../src-main/core/hub.ts';
import { channels } from '../../src-main/hosts/channels.ts';
import { systemClock } from '../../src-main/hosts/clock.ts';
import type { Ports, SecretStore } from '../../src-main/ports/index.ts';
import { openStore } from '../../src-main/store/index.ts';
import type { ImportView, Reply, Stats } from '../../src-shared/ipc/index.ts';
import { benchKey } from '../context.ts';

/** Imports the archive named by the first argument into an empty profile under the second; prints an `Imported` as JSON. */
export interface Imported {
  readonly seconds: number;
  /** Read from the archive. */
  readonly messages: number;
  /** In the database afterwards: archives repeat messages. */
  readonly different: number;
  readonly peakBytes: number;
}
const [, , path, folder] = process.argv;
if (path === undefined || folder === undefined) throw new RangeError('which archive, and where to?');
const profile = join(folder, 'import');
mkdirSync(profile);
const store = await openStore({ file: join(profile, 'carillon.db'), key: benchKey, now: Date.now });
const hub = createHub({ ports: portsIn(profile), channels, store });
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
// Node counts kilobytes here.
const peakBytes = process.resourceUsage().maxRSS * 1024;
const imported: Imported = { seconds, messages, different: stats.messages, peakBytes };
console.log(JSON.stringify(imported));
await hub.stop();
await store.close();

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
