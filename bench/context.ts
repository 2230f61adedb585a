import type { World } from './world/world.ts';

/** What every scenario is given. */
export interface Bench {
  readonly size: number;
  /** Events a second, of what lives through them. */
  readonly rate: number;
  /** Temporary; removed at the end. */
  readonly folder: string;
  /** The database `ingest` fills and the others read. */
  readonly file: string;
  readonly world: World;
}
/** A throw-away key: what is timed is the cipher, not the secret. */
export const benchKey = new Uint8Array(32).fill(7);
