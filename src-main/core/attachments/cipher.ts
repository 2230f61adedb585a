import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/**
 * Files are sealed in chunks, so that they stream and can be read from the middle: AES-256-GCM by chunk, with the
 * chunk's number and a last-one mark in the nonce (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár,
 * "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015). Each file has a key of its own
 * from a random salt, so a nonce never meets the same key twice.
 *
 * Layout: magic (4), salt (16), then chunks of up to 64 KiB, each followed by its tag (16).
 */
export const magic = Buffer.from('CBL1');
export const saltBytes = 16;
export const headerBytes = magic.byteLength + saltBytes;
export const chunkBytes = 65_536;
export const tagBytes = 16;
export const sealedChunk = chunkBytes + tagBytes;

export const fileKey = (master: Uint8Array, salt: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', master, salt, 'carillon blob file', 32));

function nonce(index: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUIntBE(index, 5, 6);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

export function seal(key: Uint8Array, index: number, last: boolean, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce(index, last));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when the chunk was changed, moved, or is not where the file ends although it says so. */
export function open(key: Uint8Array, index: number, last: boolean, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(index, last));
  decipher.setAuthTag(sealed.subarray(sealed.byteLength - tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.byteLength - tagBytes)), decipher.final()]);
}

/** Plain length of a sealed file of so many bytes; a file always has a last chunk, be it empty. */
export function plainLength(fileBytes: number): number {
  const body = fileBytes - headerBytes;
  return body - Math.ceil(body / sealedChunk) * tagBytes;
}
