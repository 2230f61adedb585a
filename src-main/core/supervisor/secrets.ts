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

/** A secret that is JSON (tokens) hides what is in it too, for that is what would turn up in a log. */
function* partsOf(secret: string): Generator<string> {
  yield secret;
  if (!secret.startsWith('{')) return;
  const read = z.record(z.string(), z.unknown()).safeParse(parsed(secret));
  for (const value of Object.values(read.data ?? {})) if (typeof value === 'string') yield value;
}
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function accountSecrets(
  store: SecretStore,
  account: { channel: string; key: UserKey },
  hide: (value: string) => void,
): AccountSecrets {
  const entry = `account/${account.channel}/${account.key}`;
  const hideAll = (secrets: Readonly<Record<string, string>>): void => {
    for (const secret of Object.values(secrets)) for (const part of partsOf(secret)) hide(part);
  };
  const read = async (): Promise<Record<string, string>> => {
    const text = await store.get(entry);
    const secrets = text === undefined ? {} : Entry.parse(JSON.parse(text));
    hideAll(secrets);
    return secrets;
  };
  const write = async (secrets: Readonly<Record<string, string>>): Promise<void> => {
    hideAll(secrets);
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
