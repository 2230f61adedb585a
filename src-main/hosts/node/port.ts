import { readFile } from 'node:fs/promises';
import { writePrivately } from '../files.ts';

/**
 * Serves where the profile was served last, so that pages which stayed open find it again; where that port cannot be had, on
 * any free one. `file` is where the port is remembered.
 */
export const serveAgain = async <S extends { readonly url: string }>(
  file: string,
  serve: (port: number) => Promise<S>,
): Promise<S> => {
  const last = await lastPort(file);
  const server = await (last === 0 ? serve(0) : serve(last).catch(() => serve(0)));
  const { port } = new URL(server.url);
  if (Number(port) !== last) await writePrivately(file, port);
  return server;
};

const lastPort = async (file: string): Promise<number> => {
  const port = Number(await readFile(file, 'utf8').catch(() => ''));
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : 0;
};
