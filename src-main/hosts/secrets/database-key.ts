import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { SecretStore } from '../../ports/index.ts';
import { HostError } from '../errors.ts';

const name = 'database/key';
const hex = /^[0-9a-f]{64}$/;

/**
 * The 32 bytes the database is encrypted with: made when the profile is new, the same ever after.
 * Throws `HostError` `key-missing` where there is a database already and its key is gone: a new one would not open it.
 */
export const databaseKey = async (secrets: SecretStore, database: string): Promise<Uint8Array> => {
  const kept = await secrets.get(name);
  if (kept !== undefined && hex.test(kept)) return Buffer.from(kept, 'hex');
  if (kept !== undefined || existsSync(database)) {
    throw new HostError(
      'key-missing',
      `The key of this profile's database is not in the ${secrets.kind === 'keychain' ? 'keychain' : 'secrets file'} any more. Nothing was changed.`,
    );
  }
  const key = randomBytes(32);
  await secrets.set(name, key.toString('hex'));
  return key;
};
