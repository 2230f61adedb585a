import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { writePrivately } from './files.ts';

/** Where the Node host of a profile answers, so that the command line finds it. Owner-only: it holds the token. */
const HostAddress = z.object({ url: z.url(), token: z.string().min(1), pid: z.number().int().positive() });
export type HostAddress = z.infer<typeof HostAddress>;

export const writeHostFile = (file: string, address: HostAddress): Promise<void> =>
  writePrivately(file, `${JSON.stringify(address)}\n`);

/** Undefined where none runs, as far as the file tells. */
export const readHostFile = async (file: string): Promise<HostAddress | undefined> => {
  try {
    return HostAddress.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
};

export const removeHostFile = async (file: string, pid: number): Promise<void> => {
  if ((await readHostFile(file))?.pid === pid) await rm(file, { force: true });
};
