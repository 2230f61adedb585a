import type { CommandName, Commands, Queries, QueryName, Store, StoreOptions } from './api.ts';
import { prepareIngest } from './ingest/prepare.ts';
import { forBatches, WorkerClient, workerUrl } from './worker/client.ts';
import { Log } from './worker/log.ts';

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
  /** Answered once it would survive a power cut (SPEC, D-1). */
  const write = async (name: CommandName, input: unknown, handedOver: readonly ArrayBuffer[] = []) => {
    const output = await writer.call(name, input, now(), handedOver);
    try {
      await log.flush();
    } catch (error) {
      // Nothing more is built on what may not be there: the next writer begins with what the disk has.
      writer.giveUp();
      throw error;
    }
    return output;
  };
  const ingest = (input: Commands['ingest']['input']) => {
    const prepared = prepareIngest(input);
    return write('ingest', prepared, prepared.sources ? [prepared.sources] : []);
  };
  return {
    command: <K extends CommandName>(name: K, input: Commands[K]['input']) =>
      (name === 'ingest' ? ingest(input as Commands['ingest']['input']) : write(name, input)) as Promise<
        Commands[K]['output']
      >,
    query: <K extends QueryName>(name: K, input: Queries[K]['input']) =>
      reader.call(name, input, now()) as Promise<Queries[K]['output']>,
    async close() {
      await reader.close();
      await writer.close();
    },
  };
}
