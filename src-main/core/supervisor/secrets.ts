import { z } from 'zod';
import type { Secrets } from '../../../src-shared/channel.ts';
import type { UserKey } from '../../../src-shared/model/index.ts';
import type { SecretStore } from '../../ports/index.ts';

/** The secrets of one account: one entry of the host's store, so that removing the account leaves none behind. */
export interface AccountSecrets extends Secrets {
  replace(secrets: Readonly<Record<string, string>>): Promise<void>;
  clear(): Promise<void>;
}
const Entry = z.record(z.string(), z.string());

export function accountSecrets(
  store: SecretStore,
  account: { channel: string; key: UserKey },
  hide: (value: string) => void,
): AccountSecrets {
  const entry = `account/${account.channel}/${account.key}`;
  const read = async (): Promise<Record<string, string>> => {
    const text = await store.get(entry);
    const secrets = text === undefined ? {} : Entry.parse(JSON.parse(text));
    for (const value of Object.values(secrets)) hide(value);
    return secrets;
  };
  const write = async (secrets: Readonly<Record<string, string>>): Promise<void> => {
    for (const value of Object.values(secrets)) hide(value);
    await store.set(entry, JSON.stringify(secrets));
  };
  // Reading, changing and writing back is one step after the other, or one change would undo another.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    get: async (name) => (await read())[name],
    set: (name, value) => inTurn(async () => write({ ...(await read()), [name]: value })),
    replace: (secrets) => inTurn(() => write(secrets)),
    clear: () => inTurn(() => store.delete(entry)),
  };
}
