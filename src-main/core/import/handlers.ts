import type { Handlers } from '../../../src-shared/ipc/index.ts';
import type { Store } from '../../store/api.ts';
import type { Registry } from '../channels/registry.ts';
import type { Supervisor } from '../supervisor/index.ts';
import type { Importer } from './driver.ts';
import { firstAccount, isJsonl, jsonlName } from './jsonl.ts';
import { archiveAccount, channelFor, defaultLabel } from './source.ts';

export const importHandlers = (options: {
  store: Store;
  registry: Registry;
  supervisor: Supervisor;
  importer: Importer;
}): Handlers<'import.start' | 'import.list' | 'import.cancel' | 'import.resume'> => {
  const { store, registry, supervisor, importer } = options;
  return {
    'import.start': async ({ path, label }) => {
      if (isJsonl(path)) {
        const first = await firstAccount({ store, registry, supervisor }, path);
        const made = await store.command('import.create', { account: first, channel: jsonlName, path });
        await importer.resume(made.import);
        return { import: made.import };
      }
      const channel = await channelFor(path, registry);
      const account = await archiveAccount(store, supervisor, channel, label ?? defaultLabel);
      const created = await store.command('import.create', { account: account.id, channel: channel.id, path });
      await importer.resume(created.import);
      return { import: created.import };
    },
    'import.list': () => importer.list(),
    'import.cancel': async ({ import: id }) => {
      await importer.cancel(id);
      return null;
    },
    'import.resume': async ({ import: id }) => {
      await importer.resume(id);
      return null;
    },
  };
};
