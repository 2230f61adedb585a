import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import type { SecretStore } from '../../ports/index.ts';
import { HostError } from '../errors.ts';
import { type Keeping, Plain, writeKeeping } from './file.ts';
import { serial } from './plain.ts';

type Locked = Extract<Keeping, { kind: 'passphrase' }>;
type Kdf = Locked['kdf'];

/** RFC 9106, section 4, second recommended option: 64 MiB, three passes, four lanes, 128-bit salt, 256-bit key. */
const newKdf = (): Kdf => ({
  name: 'argon2id',
  memoryKiB: 65_536,
  passes: 3,
  lanes: 4,
  salt: randomBytes(16).toString('base64'),
});

const derive = async (passphrase: string, kdf: Kdf): Promise<Uint8Array> =>
  argon2id({
    // The same characters typed on another system may arrive composed differently (RFC 8265, section 4.2: NFC).
    password: passphrase.normalize('NFC'),
    salt: Buffer.from(kdf.salt, 'base64'),
    memorySize: kdf.memoryKiB,
    iterations: kdf.passes,
    parallelism: kdf.lanes,
    hashLength: 32,
    outputType: 'binary',
  });

const cipher = 'aes-256-gcm';
const tagBytes = 16;
/** The header is authenticated with the box, so that weaker costs cannot be slipped in. */
const header = (kdf: Kdf): Buffer => Buffer.from(JSON.stringify(kdf));

const seal = (key: Uint8Array, kdf: Kdf, secrets: Plain): Locked => {
  const nonce = randomBytes(12);
  const sealing = createCipheriv(cipher, key, nonce).setAAD(header(kdf));
  const box = Buffer.concat([sealing.update(JSON.stringify(secrets), 'utf8'), sealing.final(), sealing.getAuthTag()]);
  return {
    version: 1,
    kind: 'passphrase',
    kdf,
    nonce: nonce.toString('base64'),
    box: box.toString('base64'),
  };
};

const unseal = (key: Uint8Array, { kdf, nonce, box }: Locked): Plain => {
  const bytes = Buffer.from(box, 'base64');
  const opening = createDecipheriv(cipher, key, Buffer.from(nonce, 'base64'))
    .setAAD(header(kdf))
    .setAuthTag(bytes.subarray(-tagBytes));
  let text: string;
  try {
    text = Buffer.concat([opening.update(bytes.subarray(0, -tagBytes)), opening.final()]).toString('utf8');
  } catch (error) {
    throw new HostError('wrong-passphrase', 'The passphrase is not the one this profile was locked with.', error);
  }
  return Plain.parse(JSON.parse(text));
};

const open = (file: string, key: Uint8Array, kdf: Kdf, initial: Plain): SecretStore & { save(): Promise<void> } => {
  const secrets = new Map(Object.entries(initial));
  const save = serial(() => writeKeeping(file, seal(key, kdf, Object.fromEntries(secrets))));
  return {
    kind: 'passphrase',
    warning: undefined,
    save,
    get: async (name) => secrets.get(name),
    async set(name, value) {
      secrets.set(name, value);
      await save();
    },
    async delete(name) {
      if (secrets.delete(name)) await save();
    },
  };
};

/** Throws `HostError` `wrong-passphrase`. Takes a good part of a second: that is its purpose. */
export const unlock = async (file: string, locked: Locked, passphrase: string): Promise<SecretStore> => {
  const key = await derive(passphrase, locked.kdf);
  return open(file, key, locked.kdf, unseal(key, locked));
};

/** A new locked file, holding `secrets` from the start. */
export const lockWith = async (file: string, passphrase: string, secrets: Plain = {}): Promise<SecretStore> => {
  const kdf = newKdf();
  const store = open(file, await derive(passphrase, kdf), kdf, secrets);
  await store.save();
  return store;
};
