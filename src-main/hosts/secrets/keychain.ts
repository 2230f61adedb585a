import { createHash, randomBytes } from 'node:crypto';
import type { SecretStore } from '../../ports/index.ts';
import { HostError, reason } from '../errors.ts';

/** What is needed of a keychain: the shape of keytar, which every system's keychain fits. */
export interface Keychain {
  get(account: string): Promise<string | null>;
  set(account: string, value: string): Promise<void>;
  delete(account: string): Promise<boolean>;
}

const service = 'Carillon';

/**
 * The system's keychain. On Linux the Secret Service is asked for by name: left to itself the library falls back to the
 * kernel's keyring, which forgets everything at the next start of the machine, and the database key with it.
 * Undefined where the library has no build for this system.
 */
export const systemKeychain = async (): Promise<Keychain | undefined> => {
  let library: typeof import('@napi-rs/keyring');
  try {
    library = await import('@napi-rs/keyring');
  } catch {
    return undefined;
  }
  const entry = (account: string) => new library.AsyncEntry(service, account, { linux: { store: 'secret-service' } });
  return {
    get: async (account) => entry(account).getPassword(),
    set: async (account, value) => entry(account).setPassword(value),
    delete: async (account) => entry(account).deletePassword(),
  };
};

/** Proves that the keychain keeps what it is given: writes, reads back and deletes a random value. False after `ms`. */
export const works = async (keychain: Keychain, ms: number): Promise<boolean> => {
  const account = `probe-${randomBytes(8).toString('hex')}`;
  const value = randomBytes(16).toString('hex');
  const probe = async (): Promise<boolean> => {
    try {
      await keychain.set(account, value);
      const kept = (await keychain.get(account)) === value;
      await keychain.delete(account);
      return kept;
    } catch {
      return false;
    }
  };
  return within(probe(), ms, false);
};

const within = async <T>(work: Promise<T>, ms: number, late: T): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
};

/** UTF-16 units in one entry. Windows takes 2,560 bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE), two a unit, less some room. */
const chunkUnits = 1_200;
const chunkMark = 'carillon-chunks:';

/**
 * @param id the profile's own prefix, so that profiles do not meet.
 * A long secret lies in several entries: the chunks are written first, under names of their own, and the entry that
 * names them last, so that a crash in between leaves the former value whole.
 */
export const keychainSecrets = (keychain: Keychain, id: string): SecretStore => {
  const account = (name: string) => `${id}/${name}`;
  const chunkNames = (name: string, head: string | null): string[] => {
    if (head === null || !head.startsWith(chunkMark)) return [];
    const [count, generation] = head.slice(chunkMark.length).split(':');
    return Array.from({ length: Number(count) }, (_, index) => account(`${name}#${generation}.${index}`));
  };
  const guarded = async <T>(doing: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw new HostError('keychain-unavailable', `The keychain would not ${doing}: ${reason(error)}`, error);
    }
  };
  const get = async (name: string): Promise<string | undefined> => {
    const head = await keychain.get(account(name));
    const names = chunkNames(name, head);
    if (names.length === 0) return head ?? undefined;
    const chunks = await Promise.all(names.map((chunk) => keychain.get(chunk)));
    const value = chunks.join('');
    if (chunks.includes(null) || !head?.endsWith(`:${digest(value)}`)) throw new Error(`a part of ${name} is missing`);
    return value;
  };
  const set = async (name: string, value: string): Promise<void> => {
    const before = chunkNames(name, await keychain.get(account(name)));
    if (value.length <= chunkUnits && !value.startsWith(chunkMark)) {
      await keychain.set(account(name), value);
    } else {
      const count = Math.ceil(value.length / chunkUnits);
      const head = `${chunkMark}${count}:${randomBytes(6).toString('hex')}:${digest(value)}`;
      for (const [index, chunk] of chunkNames(name, head).entries()) {
        await keychain.set(chunk, value.slice(index * chunkUnits, (index + 1) * chunkUnits));
      }
      await keychain.set(account(name), head);
    }
    for (const chunk of before) await keychain.delete(chunk);
  };
  const remove = async (name: string): Promise<void> => {
    const chunks = chunkNames(name, await keychain.get(account(name)));
    for (const each of [account(name), ...chunks]) await keychain.delete(each);
  };
  return {
    kind: 'keychain',
    warning: undefined,
    get: (name) => guarded('give a secret', () => get(name)),
    set: (name, value) => guarded('keep a secret', () => set(name, value)),
    delete: (name) => guarded('delete a secret', () => remove(name)),
  };
};

const digest = (value: string): string => createHash('sha256').update(value).digest('hex').slice(0, 16);
