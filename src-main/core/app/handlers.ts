import { randomUUID } from 'node:crypto';
import type { AppInfo, Check, Handlers } from '../../../src-shared/ipc/index.ts';
import type { SecretStore } from '../../ports/index.ts';
import type { Store } from '../../store/api.ts';
import type { Changes } from '../changes/index.ts';
import type { Supervisor } from '../supervisor/index.ts';

export interface AppOptions {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly secrets: SecretStore;
  readonly changes: Changes;
  readonly info: Omit<AppInfo, 'epoch' | 'seq'>;
}

export const appHandlers = (options: AppOptions): Handlers<'app.info' | 'app.stats' | 'app.check' | 'app.since'> => {
  const { store, supervisor, secrets, changes } = options;
  return {
    'app.info': async () => ({ ...options.info, epoch: changes.epoch, seq: changes.seq }),
    'app.stats': () => store.query('stats', {}),
    'app.check': async () => [
      ...(await store.query('check', {})),
      await checkSecrets(secrets),
      ...supervisor.all().map(checkAccount),
    ],
    'app.since': async ({ epoch, seq }) => changes.since(epoch, seq),
  };
};

/** Writes a secret, reads it back and takes it away again: a keychain that cannot is found out before it matters. */
async function checkSecrets(secrets: SecretStore): Promise<Check> {
  const name = `check/${randomUUID()}`;
  try {
    await secrets.set(name, 'present');
    const kept = (await secrets.get(name)) === 'present';
    await secrets.delete(name);
    return { name: 'Secrets', ok: kept, detail: secrets.warning ?? `Kept in the ${secrets.kind} store.` };
  } catch {
    return { name: 'Secrets', ok: false, detail: `The ${secrets.kind} store cannot be written.` };
  }
}

function checkAccount({ row, state, lastProvenAt }: ReturnType<Supervisor['all']>[number]): Check {
  const name = `Account ${row.description.label}`;
  if (row.paused) return { name, ok: true, detail: 'Paused.' };
  const proven = lastProvenAt === null ? '' : ` Delivery last proven ${new Date(lastProvenAt).toISOString()}.`;
  switch (state.is) {
    case 'online':
      return { name, ok: true, detail: `Connected.${proven}` };
    case 'connecting':
      return { name, ok: true, detail: `Connecting.${proven}` };
    default:
      return { name, ok: false, detail: `${state.message}${proven}` };
  }
}
