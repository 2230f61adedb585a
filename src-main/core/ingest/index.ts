export { Ingest, type IngestOptions } from './ingest.ts';
export { sortEvents } from './validate.ts';
