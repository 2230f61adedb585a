/** Everything that differs between hosts. A host implements these; nothing else knows which host it is in. */
import type { Clock, Log } from '../../src-shared/channel.ts';

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
export interface Ports {
  readonly host: 'electron' | 'node';
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: SecretStore;
  readonly paths: Paths;
  readonly fetch: typeof fetch;
}
