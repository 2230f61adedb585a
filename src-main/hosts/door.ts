import type { Caller, Reply } from '../../src-shared/ipc/index.ts';
import type { AttachmentId } from '../../src-shared/model/index.ts';

/** An attachment ready to be served: its size, a media type that is safe to show, and its bytes from any offset. */
export interface AttachmentFile {
  readonly name: string;
  /** As the hub vouches for it; a type that could run anything is already `application/octet-stream`. */
  readonly type: string;
  readonly disposition: 'inline' | 'attachment';
  /** Exact size in bytes. */
  readonly bytes: number;
  /** Bytes `start` to `end`, both included. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** What a host needs of a hub, whether it runs here or in another process. */
export interface HubDoor {
  call(name: string, input: unknown, caller: Caller): Promise<Reply<unknown>>;
  on(listener: (event: string, payload: unknown) => void): () => void;
  /** Undefined where there is no such attachment or its bytes cannot be had. */
  attachment(id: AttachmentId): Promise<AttachmentFile | undefined>;
}
