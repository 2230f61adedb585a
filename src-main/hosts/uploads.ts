import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { systemCode } from './errors.ts';

export interface StoredUpload {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Takes a file a page hands over into the profile, since a page cannot tell where a dropped file lies.
 * Nothing stays behind when it breaks off. Rejects with the system's error (`ENOSPC`: the disk is full).
 */
export const storeUpload = async (
  folder: string,
  name: string,
  body: AsyncIterable<Uint8Array | string>,
): Promise<StoredUpload> => {
  const own = join(folder, randomBytes(8).toString('hex'));
  await mkdir(own, { recursive: true, mode: 0o700 });
  const path = join(own, plainName(name));
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  try {
    await pipeline(body, file);
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    throw error;
  }
  return { path, bytes: file.bytesWritten };
};

/** The last part of a name, without what a file system or a terminal would take for more than a letter. */
const plainName = (name: string): string => {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '_')
    .replace(/^\.+/, '')
    .slice(-120);
  return plain === '' ? 'upload' : plain;
};

/** Removes what former runs left, except files that something still `needs` (an import not yet finished). */
export const clearUploads = async (folder: string, needed: readonly string[]): Promise<void> => {
  let entries: string[];
  try {
    entries = await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  const kept = needed.map((path) => resolve(path));
  for (const entry of entries) {
    const own = resolve(folder, entry) + sep;
    if (!kept.some((path) => path.startsWith(own))) await rm(own, { recursive: true, force: true });
  }
};
