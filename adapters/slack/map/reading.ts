import type { Names } from '../text/names.ts';

/** What mapping needs to know beyond the wire. */
export interface Reading {
  /** The account's own person. */
  readonly me: string;
  readonly names: Names;
  /** True for addresses of the network itself: only from those are pictures fetched, so that nobody else learns of a reader. */
  readonly hosted: (url: string) => boolean;
}
