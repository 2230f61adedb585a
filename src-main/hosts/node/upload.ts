import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { systemCode } from '../errors.ts';
import { failure, send, sendError } from './respond.ts';

/**
 * `POST /upload?name=<file name>`: a browser cannot tell where a dropped file lies, so its bytes are taken into the
 * profile and the answer says where: `{"path": ..., "bytes": ...}`, good for `import.start`.
 */
export const takeUpload = async (
  folder: string,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return sendError(response, 405, failure('method', 'Uploads are made with POST.'));
  }
  const own = join(folder, randomBytes(8).toString('hex'));
  await mkdir(own, { recursive: true, mode: 0o700 });
  const path = join(own, plainName(name));
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  try {
    await pipeline(request, file);
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    if (request.destroyed && !request.complete) return;
    const full = systemCode(error) === 'ENOSPC';
    return sendError(
      response,
      full ? 507 : 500,
      failure(full ? 'full' : 'internal', full ? 'The disk is full.' : 'The file could not be written.', full),
    );
  }
  send(response, 200, 'application/json; charset=utf-8', JSON.stringify({ path, bytes: file.bytesWritten }));
};

/** The last part of a name, without what a file system or a terminal would take for more than a letter. */
export const plainName = (name: string): string => {
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
