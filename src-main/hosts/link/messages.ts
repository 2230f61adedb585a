import type { Reply } from '../../../src-shared/ipc/index.ts';
import type { AttachmentFile } from '../door.ts';

/**
 * What shell and hub say to each other when the hub runs in a process of its own. Both sides are this program, so the
 * messages are typed, not checked; structured clone carries bytes as they are.
 */
export type ToHub =
  | {
      readonly is: 'call';
      readonly id: number;
      readonly name: string;
      readonly input: unknown;
      readonly window: string;
    }
  | { readonly is: 'open'; readonly id: number; readonly attachment: number }
  /** Begins reading what `open` found under the same id; each `next` is answered by one `chunk`. */
  | {
      readonly is: 'read';
      readonly id: number;
      readonly attachment: number;
      readonly start: number;
      readonly end: number;
    }
  | { readonly is: 'next' | 'drop'; readonly id: number }
  | { readonly is: 'passphrase'; readonly passphrase: string | undefined }
  | { readonly is: 'stop' };

export type FromHub =
  | { readonly is: 'up' }
  | { readonly is: 'ask'; readonly what: 'unlock' | 'create'; readonly wrong: boolean }
  /** It cannot start, for a reason another try will not mend. */
  | { readonly is: 'failed'; readonly code: string; readonly message: string }
  | { readonly is: 'reply'; readonly id: number; readonly reply: Reply<unknown> }
  | { readonly is: 'event'; readonly event: string; readonly payload: unknown }
  | { readonly is: 'opened'; readonly id: number; readonly file: Omit<AttachmentFile, 'read'> | undefined }
  /** Undefined bytes: the end, or the reason it broke off. */
  | { readonly is: 'chunk'; readonly id: number; readonly bytes: Uint8Array | undefined; readonly error?: string };

/** One end of a channel: a utility process, a Node child, or a message port. */
export interface Line<Out, In> {
  send(message: Out): void;
  receive(listener: (message: In) => void): void;
}
