/** What runs here: version, figures and checks. */
import { call, none } from './call.ts';

export interface AppInfo {
  readonly version: string;
  readonly host: 'electron' | 'node';
  readonly platform: string;
  readonly profile: string;
  readonly demo: boolean;
  readonly keyStore: 'keychain' | 'passphrase' | 'file' | 'throw-away';
  /** Standing warnings, e.g. a key file where no keychain is. */
  readonly warnings: readonly string[];
  readonly epoch: string;
  readonly seq: number;
}
export interface Stats {
  readonly accounts: number;
  readonly conversations: number;
  readonly messages: number;
  readonly attachments: number;
  readonly people: number;
  readonly outboxWaiting: number;
  readonly databaseBytes: number;
  readonly schemaVersion: number;
}
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export const appCalls = {
  'app.info': call(none).returns<AppInfo>(),
  'app.stats': call(none).returns<Stats>(),
  'app.check': call(none).returns<readonly Check[]>(),
};
