export { Importer } from './driver.ts';
export { importHandlers } from './handlers.ts';
export { channelSource } from './source.ts';
