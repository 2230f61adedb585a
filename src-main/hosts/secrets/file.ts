import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { HostError, systemCode } from '../errors.ts';
import { writePrivately } from '../files.ts';

const base64 = z.base64();
export const Plain = z.record(z.string(), z.string());
export type Plain = z.infer<typeof Plain>;

/**
 * What a profile's `secrets.json` says: where its secrets are, and the secrets themselves where no keychain holds them.
 * Written once when the profile is new; a profile never changes its place by itself, since looking for the key
 * elsewhere would end in a second key and an unreadable database.
 */
export const Keeping = z.discriminatedUnion('kind', [
  /** In the keychain, under accounts that begin with `id`. */
  z.object({ version: z.literal(1), kind: z.literal('keychain'), id: z.uuid() }),
  z.object({
    version: z.literal(1),
    kind: z.literal('passphrase'),
    kdf: z.object({
      name: z.literal('argon2id'),
      memoryKiB: z.number().int().min(8).max(4_194_304),
      passes: z.number().int().min(1).max(100),
      lanes: z.number().int().min(1).max(64),
      salt: base64,
    }),
    nonce: base64,
    box: base64,
  }),
  z.object({ version: z.literal(1), kind: z.enum(['file', 'throw-away']), secrets: Plain }),
]);
export type Keeping = z.infer<typeof Keeping>;

/** Undefined for a new profile. Throws `HostError` `secrets-damaged` rather than ever starting anew over a bad file. */
export const readKeeping = async (file: string): Promise<Keeping | undefined> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return Keeping.parse(JSON.parse(text));
  } catch (error) {
    throw new HostError(
      'secrets-damaged',
      `${file} cannot be read as Carillon's secrets. Nothing was changed; bring it back from a backup.`,
      error,
    );
  }
};

export const writeKeeping = (file: string, keeping: Keeping): Promise<void> =>
  writePrivately(file, `${JSON.stringify(keeping, undefined, 2)}\n`);
