import { open } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { systemCode } from '../errors.ts';
import { pageType } from './media-types.ts';

export interface PageFile {
  readonly body: Buffer;
  readonly type: string;
  /** Its name carries a hash of its content: it never changes. */
  readonly immutable: boolean;
}

/**
 * A file of the renderer's build, or undefined where there is none of that name.
 * @param path of the URL, still percent-encoded. One that would leave `folder` finds nothing.
 */
export const readPageFile = async (folder: string, path: string): Promise<PageFile | undefined> => {
  const file = within(folder, path === '/' ? '/index.html' : path);
  if (file === undefined) return undefined;
  try {
    const handle = await open(file, 'r');
    try {
      if (!(await handle.stat()).isFile()) return undefined;
      return { body: await handle.readFile(), type: pageType(file), immutable: /-[\w-]{8}\.\w+$/.test(file) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
};

const within = (folder: string, path: string): string | undefined => {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const file = resolve(folder, `.${decoded}`);
  return file.startsWith(resolve(folder) + sep) ? file : undefined;
};
