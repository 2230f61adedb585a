import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
} from 'node:crypto';
import { returnBigInt } from 'teleproto/Helpers.js';
import { serializeBytes } from 'teleproto/tl/index.js';

/** A 64-bit or longer number as the TL codec has it. */
export type Long = ReturnType<typeof returnBigInt>;

/** The server's own key pair: what a client encrypts its first secret with (core.telegram.org/mtproto/auth_key). */
export interface ServerKey {
  /** SubjectPublicKeyInfo, PEM: what a client has to be given. */
  readonly pem: string;
  readonly fingerprint: Long;
  decrypt(bytes: Buffer): Buffer;
}

let made: ServerKey | undefined;
/** One for the whole process: making one takes as long as a hundred handshakes. */
export function serverKey(): ServerKey {
  made ??= make();
  return made;
}
function make(): ServerKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 65_537 });
  return {
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    fingerprint: fingerprintOf(publicKey),
    decrypt: (bytes) => privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, bytes),
  };
}
/** The lower 64 bits of SHA-1 over n and e as TL bytes. */
function fingerprintOf(key: KeyObject): Long {
  const { n = '', e = '' } = createPublicKey(key.export({ type: 'spki', format: 'pem' })).export({ format: 'jwk' });
  const parts = [n, e].map((text) => serializeBytes(Buffer.from(text, 'base64url')));
  const digest = createHash('sha1').update(Buffer.concat(parts)).digest();
  return returnBigInt(digest.readBigInt64LE(12));
}
