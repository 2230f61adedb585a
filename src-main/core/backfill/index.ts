export { Backfill } from './scheduler.ts';
