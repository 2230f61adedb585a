import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Below this many UTF-16 code units compressing saves less disk than it costs time: most messages of a chat. */
const threshold = 6144;

/** Long text compressed, short text as it is: what a column of type ANY holds. */
export const pack = (text: string): string | Uint8Array => (text.length < threshold ? text : zstdCompressSync(text));
export const unpack = (packed: string | Uint8Array): string =>
  typeof packed === 'string' ? packed : zstdDecompressSync(packed).toString('utf8');
