import type { StoreErrorCode } from '../connection/errors.ts';

/** What the hub's thread and the two workers of the store say to each other. */
export interface Setup {
  readonly file: string;
  readonly key: Uint8Array;
  /** It was open before: where it is not there, none is made. */
  readonly known?: boolean;
}
export interface Request {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  /** Unix ms. */
  readonly now: number;
}
export type Response =
  | { readonly ready: true }
  | { readonly refused: Failure }
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly failure: Failure };
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: StoreErrorCode | undefined;
}
/** The request that has a worker open its connection; answered by `ready` or `refused`. */
export const opening = 'open';
/** The request that ends a worker; answered once its connection is closed. */
export const closing = 'close';
