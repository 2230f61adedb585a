import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe } from 'vitest';

const root = resolve(import.meta.dirname, '../../../shared/corpora');

/** Absolute path of a folder or file of the corpora, real inputs that are kept beside the repository. */
export const corpus = (path: string): string => join(root, path);

/** Tests over a corpus; where it is absent they are skipped, and a line says so. */
export function describeCorpus(title: string, path: string, tests: () => void): void {
  const present = existsSync(corpus(path));
  if (!present) console.warn(`skipped: corpora not found (${path}): ${title}`);
  describe.skipIf(!present)(title, present ? tests : () => undefined);
}

/** Every file below a folder of the corpora, by name, licences left out. */
export function filesOf(path: string): { readonly name: string; readonly bytes: () => Buffer }[] {
  const folder = corpus(path);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(?:LICENSE|COPYING)/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ name: relative(folder, file), bytes: () => readFileSync(file) }));
}
