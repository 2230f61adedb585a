import type { ImportRow } from '../../store/api.ts';
import { jsonlName, jsonlSource } from './jsonl.ts';
import { channelSource, type ImportSource } from './source.ts';

export { Importer } from './driver.ts';
export { importHandlers } from './handlers.ts';

/** Reads whatever an import row names: our own export, or what a channel reads. */
export function anySource(options: Parameters<typeof jsonlSource>[0]): ImportSource {
  const own = jsonlSource(options);
  const channels = channelSource(options.supervisor);
  return (row: ImportRow, signal, take) => (row.channel === jsonlName ? own : channels)(row, signal, take);
}
