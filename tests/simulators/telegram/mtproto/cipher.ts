import { createHash, randomBytes } from 'node:crypto';
import { IGE } from 'teleproto/crypto/IGE.js';

const sha256 = (...parts: readonly Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/** What a client said, decrypted. */
export interface Opened {
  readonly session: bigint;
  readonly id: bigint;
  readonly body: Buffer;
}

/** AES key and vector of one message (core.telegram.org/mtproto/description, "Defining AES key"); x is 0 from the client, 8 to it. */
function derive(key: Buffer, messageKey: Buffer, x: 0 | 8): IGE {
  const a = sha256(messageKey, key.subarray(x, x + 36));
  const b = sha256(key.subarray(x + 40, x + 76), messageKey);
  return new IGE(
    Buffer.concat([a.subarray(0, 8), b.subarray(8, 24), a.subarray(24, 32)]),
    Buffer.concat([b.subarray(0, 8), a.subarray(8, 24), b.subarray(24, 32)]),
  );
}
/** Throws when the message was not made with this key. */
export function open(key: Buffer, packet: Buffer): Opened {
  const messageKey = packet.subarray(8, 24);
  const plain = Buffer.from(derive(key, messageKey, 0).decryptIge(Buffer.from(packet.subarray(24))));
  if (!sha256(key.subarray(88, 120), plain).subarray(8, 24).equals(messageKey)) throw new Error('a wrong msg_key');
  const length = plain.readInt32LE(28);
  return {
    session: plain.readBigInt64LE(8),
    id: plain.readBigInt64LE(16),
    body: Buffer.from(plain.subarray(32, 32 + length)),
  };
}
export interface Sealing {
  readonly key: Buffer;
  readonly keyId: bigint;
  readonly salt: bigint;
  readonly session: bigint;
  readonly id: bigint;
  readonly sequence: number;
}
export function seal(sealing: Sealing, body: Buffer): Buffer {
  const { key, keyId, salt, session, id, sequence } = sealing;
  const head = Buffer.alloc(32);
  head.writeBigInt64LE(salt, 0);
  head.writeBigInt64LE(session, 8);
  head.writeBigInt64LE(id, 16);
  head.writeInt32LE(sequence, 24);
  head.writeInt32LE(body.length, 28);
  // 12 to 1024 bytes, so that the whole divides by 16.
  const short = (16 - ((head.length + body.length) % 16)) % 16;
  const plain = Buffer.concat([head, body, randomBytes(short < 12 ? short + 16 : short)]);
  const messageKey = sha256(key.subarray(96, 128), plain).subarray(8, 24);
  const name = Buffer.alloc(8);
  name.writeBigInt64LE(keyId, 0);
  return Buffer.concat([name, messageKey, Buffer.from(derive(key, messageKey, 8).encryptIge(plain))]);
}
