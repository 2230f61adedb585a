import type { CommandName, Commands, Queries, QueryName, Store, StoreOptions } from './api.ts';
import { prepareBeforehand, prepareIngest } from './ingest/prepare.ts';
import { forBatches, WorkerClient, workerUrl } from './worker/client.ts';
import { Log } from './worker/log.ts';
import { Place } from './worker/place.ts';

export type * from './api.ts';
export { StoreError, type StoreErrorCode } from './connection/errors.ts';

/**
 * Opens the encrypted database, made when there is none, behind its two workers: one writes, one reads.
 * Rejects with a StoreError: `newer-schema` and `wrong-key` leave the file as it was.
 */
export async function openStore({ file, key, now }: StoreOptions): Promise<Store> {
  const writer = new WorkerClient(workerUrl('writer'), { file, key }, forBatches);
  const reader = new WorkerClient(workerUrl('reader'), { file, key });
  // The writer makes the file and its tables; the reader loads its code meanwhile.
  const writing = writer.start();
  try {
    await Promise.all([writing, reader.start(writing)]);
  } catch (error) {
    await Promise.allSettled([writer.close(), reader.close()]);
    throw error;
  }
  const log = new Log(file);
  const place = new Place(file);
  /** Answered once it would survive a power cut (SPEC, D-1). */
  const write = async (
    name: CommandName,
    input: unknown,
    committed: ((output: unknown) => void) | undefined,
    handedOver: readonly ArrayBuffer[] = [],
  ) => {
    place.check();
    const output = await writer.call(name, input, now(), handedOver);
    // The reader sees it from here on; the flush is begun first, whoever is told now may take a while.
    const flushed = log.flush();
    committed?.(output);
    try {
      await flushed;
      place.check();
    } catch (error) {
      // Nothing more is built on what may not be there: the next writer begins with what the disk has.
      writer.giveUp();
      throw error;
    }
    return output;
  };
  const ingest = (input: Commands['ingest']['input'], committed: ((output: unknown) => void) | undefined) => {
    const prepared = prepareIngest(input);
    return write('ingest', prepared, committed, prepared.sources ? [prepared.sources] : []);
  };
  return {
    command: <K extends CommandName>(
      name: K,
      input: Commands[K]['input'],
      committed?: (output: Commands[K]['output']) => void,
    ) => {
      const told = committed && ((output: unknown) => committed(output as Commands[K]['output']));
      const done = name === 'ingest' ? ingest(input as Commands['ingest']['input'], told) : write(name, input, told);
      return done as Promise<Commands[K]['output']>;
    },
    query: <K extends QueryName>(name: K, input: Queries[K]['input']) =>
      reader.call(name, input, now()) as Promise<Queries[K]['output']>,
    prepare: prepareBeforehand,
    async close() {
      await reader.close();
      await writer.close();
    },
  };
}
