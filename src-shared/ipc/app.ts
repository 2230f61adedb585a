/** What runs here: version, figures and checks. */
import { call, none } from './call.ts';

/** The program that answers. */
export interface AppInfo {
  readonly version: string;
  readonly host: 'electron' | 'node';
  readonly platform: string;
  /** Path of the profile's folder. */
  readonly profile: string;
  readonly demo: boolean;
  readonly keyStore: 'keychain' | 'passphrase' | 'file' | 'throw-away';
  /** Standing warnings, e.g. a key file where no keychain is. */
  readonly warnings: readonly string[];
  /** Of `changed`: counted anew from every start of the hub, which has an epoch of its own. */
  readonly epoch: string;
  readonly seq: number;
}
/** How much there is. */
export interface Stats {
  readonly accounts: number;
  readonly conversations: number;
  readonly messages: number;
  readonly attachments: number;
  readonly people: number;
  /** Operations not yet done. */
  readonly outboxWaiting: number;
  /** Without the files in `blobs/`. */
  readonly databaseBytes: number;
  readonly schemaVersion: number;
}
/** One thing that was looked into, and what was found, in words. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export const appCalls = {
  'app.info': call(none).returns<AppInfo>(),
  'app.stats': call(none).returns<Stats>(),
  /** Looks the database over; may take seconds. */
  'app.check': call(none).returns<readonly Check[]>(),
};
