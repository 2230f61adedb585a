/** Everything that differs between hosts. A host implements these; nothing else knows which host it is in. */
import type { Clock, Log } from '../../src-shared/channel.ts';
import type { BlobRef, OutgoingMessage } from '../../src-shared/model/index.ts';

/** Named secrets outside the database: account credentials and the database's own key. Names are `<scope>/<name>`. */
export interface SecretStore {
  readonly kind: 'keychain' | 'passphrase' | 'file' | 'throw-away';
  /** A standing warning for the person, e.g. that an owner-only file stands in for a keychain. */
  readonly warning: string | undefined;
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}
export interface Paths {
  /** The profile folder: database, blobs, logs. Absolute. */
  readonly profile: string;
}
/** Writes a message that has no RFC 5322 source of its own (chat, mail kept in parts) as one, for an mbox. */
export interface MailExporter {
  /** Rejects when the message cannot be expressed; the export then names it as skipped. */
  compose(mail: {
    readonly message: OutgoingMessage;
    /** Without angle brackets. */
    readonly messageId: string;
    readonly from: { readonly name: string; readonly address: string };
    readonly attachments: readonly { readonly ref: BlobRef; readonly bytes: Uint8Array }[];
  }): Promise<Uint8Array>;
}
export interface Ports {
  readonly host: 'electron' | 'node';
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: SecretStore;
  readonly paths: Paths;
  readonly fetch: typeof fetch;
  /** Formats of export that need a library of their own; a missing one is refused in words. */
  readonly exporters?: { readonly mbox?: MailExporter };
}
