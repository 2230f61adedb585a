import { createHash, createPublicKey } from 'node:crypto';
import { helpers, tl } from 'teleproto';
import { _serverKeys as known } from 'teleproto/crypto/RSA.js';
import { ChannelError } from '../../../src-shared/channel.ts';

/**
 * Telegram's own public keys come with the library. A server of one's own has another, given as PEM at login: it is
 * known by the lower 64 bits of SHA-1 over n and e (core.telegram.org/mtproto/auth_key).
 */
export function trust(pem: string): void {
  const { n, e } = read(pem);
  const parts = [n, e].map((bytes) => tl.serializeBytes(bytes));
  const digest = createHash('sha1').update(Buffer.concat(parts)).digest();
  const modulus = helpers.readBigIntFromBuffer(n, false, false);
  known.set(String(digest.readBigInt64LE(12)), { n: modulus, e: Number(`0x${e.toString('hex')}`) });
}
function read(pem: string): { n: Buffer; e: Buffer } {
  try {
    // A field of one line takes the line breaks away; what is between the marks says it all.
    const key = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
    const { n = '', e = '' } = createPublicKey({ key, format: 'der', type: 'spki' }).export({ format: 'jwk' });
    return { n: Buffer.from(n, 'base64url'), e: Buffer.from(e, 'base64url') };
  } catch (cause) {
    throw new ChannelError('key', 'refused', 'This is not a public key in PEM form.', { cause });
  }
}
