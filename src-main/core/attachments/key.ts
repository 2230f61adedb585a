import { randomBytes } from 'node:crypto';
import type { SecretStore } from '../../ports/index.ts';

const name = 'blobs/key';

/** The key of the blob files, made once and kept with the host's secrets. Asked for once a run. */
export function blobKey(secrets: SecretStore): () => Promise<Uint8Array> {
  let known: Promise<Uint8Array> | undefined;
  const get = async (): Promise<Uint8Array> => {
    const text = await secrets.get(name);
    if (text !== undefined) {
      const key = Buffer.from(text, 'base64');
      if (key.byteLength !== 32) throw new Error('The key of the attachment files is damaged');
      return key;
    }
    const key = randomBytes(32);
    await secrets.set(name, key.toString('base64'));
    return key;
  };
  return () => {
    known ??= get();
    known.catch(() => {
      known = undefined; // a locked keychain may be opened later
    });
    return known;
  };
}
