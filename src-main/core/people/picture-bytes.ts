import type { Picture } from '../../../src-shared/ipc/index.ts';

/** A face or an emoji is some kilobytes; what is larger is neither. Bytes. */
const largest = 1024 ** 2;

/** Undefined when it is too large to be one. */
export async function bounded(stream: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of stream) {
    bytes += piece.byteLength;
    if (bytes > largest) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** By its first bytes, whatever the network calls it: https://mimesniff.spec.whatwg.org/#image-type-pattern-matching-algorithm */
export function mimeOf(bytes: Buffer): Picture['mime'] | undefined {
  const begins = (text: string, at = 0): boolean => bytes.toString('latin1', at, at + text.length) === text;
  if (begins('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (begins('\xff\xd8\xff')) return 'image/jpeg';
  if (begins('GIF87a') || begins('GIF89a')) return 'image/gif';
  return begins('RIFF') && begins('WEBPVP', 8) ? 'image/webp' : undefined;
}
