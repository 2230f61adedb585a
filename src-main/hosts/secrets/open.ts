import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { SecretStore } from '../../ports/index.ts';
import { HostError } from '../errors.ts';
import { type Keeping, readKeeping, writeKeeping } from './file.ts';
import { type Keychain, keychainSecrets, systemKeychain, works } from './keychain.ts';
import { lockWith, unlock } from './passphrase.ts';
import { plainSecrets } from './plain.ts';

/** Whom to ask for a passphrase: a terminal, a window, the environment. Undefined as an answer: nobody is there. */
export interface PassphrasePrompt {
  /** For a locked profile. Asked again, with `wrong`, until it opens or nobody answers. */
  unlock(wrong: boolean): Promise<string | undefined>;
  /** For a new profile on a machine without a keychain. */
  create(): Promise<string | undefined>;
}
export interface SecretOptions {
  /** `secrets.json` of the profile. */
  readonly file: string;
  /** Trial profiles: the key is kept openly beside what it locks. */
  readonly throwAway: boolean;
  readonly prompt: PassphrasePrompt;
  /** The keychain to use; the system's own unless a test brings another. */
  readonly keychain?: () => Promise<Keychain | undefined>;
}

/** A keychain that must ask the person first (a locked one) needs their time; where nobody sits, none comes. */
const probeMs = (): number =>
  process.env.DISPLAY || process.env.WAYLAND_DISPLAY || process.platform !== 'linux' ? 60_000 : 5_000;

/**
 * Opens the secrets of a profile where they were put when it was new: in the keychain; else in a file locked by a
 * passphrase; and only where nobody can be asked for one, in an owner-only file, with a standing warning.
 * Throws `HostError` when they cannot be reached; it never starts afresh beside secrets that exist.
 */
export const openSecrets = async (options: SecretOptions): Promise<SecretStore> => {
  const keeping = await readKeeping(options.file);
  return keeping === undefined ? begin(options) : reopen(options, keeping);
};

const begin = async ({ file, throwAway, prompt, keychain = systemKeychain }: SecretOptions): Promise<SecretStore> => {
  if (throwAway) return plainSecrets(file, 'throw-away', {});
  const found = await keychain();
  if (found !== undefined && (await works(found, probeMs()))) {
    const id = randomUUID();
    await writeKeeping(file, { version: 1, kind: 'keychain', id });
    return keychainSecrets(found, id);
  }
  const passphrase = await prompt.create();
  return passphrase ? lockWith(file, passphrase) : plainSecrets(file, 'file', {});
};

const reopen = async (
  { file, prompt, keychain = systemKeychain }: SecretOptions,
  keeping: Keeping,
): Promise<SecretStore> => {
  switch (keeping.kind) {
    case 'keychain': {
      const found = await keychain();
      if (found === undefined || !(await works(found, probeMs()))) {
        throw new HostError(
          'keychain-unavailable',
          'The keychain that holds the keys of this profile does not answer. Unlock it, or start Carillon from your desktop session.',
        );
      }
      return keychainSecrets(found, keeping.id);
    }
    case 'passphrase':
      for (let wrong = false; ; wrong = true) {
        const passphrase = await prompt.unlock(wrong);
        if (passphrase === undefined) {
          throw wrong
            ? new HostError('wrong-passphrase', 'The passphrase is not the one this profile was locked with.')
            : new HostError(
                'passphrase-needed',
                'This profile is locked by a passphrase. Give it in CARILLON_PASSPHRASE, or start Carillon where it can ask.',
              );
        }
        try {
          return await unlock(file, keeping, passphrase);
        } catch (error) {
          if (!(error instanceof HostError && error.code === 'wrong-passphrase')) throw error;
        }
      }
    case 'file':
    case 'throw-away':
      return plainSecrets(file, keeping.kind, keeping.secrets);
  }
};

/** Moves the secrets of a profile that has them in an open file under a passphrase. The profile must not be in use. */
export const protectWithPassphrase = async (file: string, passphrase: string): Promise<void> => {
  const keeping = existsSync(file) ? await readKeeping(file) : undefined;
  if (keeping?.kind !== 'file' && keeping?.kind !== 'throw-away') {
    throw new HostError(
      'profile-unusable',
      keeping === undefined
        ? 'This profile has no secrets yet.'
        : `The secrets of this profile are protected already (${keeping.kind}).`,
    );
  }
  await lockWith(file, passphrase, keeping.secrets);
};
