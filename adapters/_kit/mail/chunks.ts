const chunkBytes = 256 * 1024;

/** Bytes that came whole, in pieces whoever reads them can hold. */
export async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes);
}
