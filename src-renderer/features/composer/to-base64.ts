/** A file's bytes as the calls of the hub carry them. */
export async function toBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const chunk = 0x6000;
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += chunk) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + chunk))));
  }
  return pieces.join('');
}
