/** How calls and events cross between a window and its hub. */
import type { AttachmentId } from '../model/index.ts';

/** Which window asks: `act.focus` and the like are each window's own. */
export interface Caller {
  readonly window: string;
}
export interface ErrorView {
  /** A short stable word: invalid-input, not-found, refused, internal ... */
  readonly code: string;
  /** For the person: what happened, what was kept, what to do. */
  readonly message: string;
  readonly retryable: boolean;
}
/** Every call is answered so; nothing is thrown over a boundary. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorView };

/** Preload bridge, loopback WebSocket, or in memory for tests. */
export interface Transport {
  /** What fails is answered, not thrown; calls to a hub that is away wait for it, or are answered by the host. */
  call(name: string, input: unknown): Promise<Reply<unknown>>;
  /** Answers what ends it. */
  on(listener: (event: string, payload: unknown) => void): () => void;
  /** Where the host serves an attachment's bytes to this window. */
  attachmentUrl(attachment: AttachmentId): string;
}
