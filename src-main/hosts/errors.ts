/** A reason the host cannot go on, said to the person in one line. */
export type HostErrorCode =
  | 'profile-in-use'
  | 'profile-unusable'
  | 'passphrase-needed'
  | 'wrong-passphrase'
  | 'keychain-unavailable'
  | 'secrets-damaged'
  | 'key-missing'
  | 'port-taken';

export class HostError extends Error {
  override readonly name = 'HostError';
  readonly code: HostErrorCode;
  constructor(code: HostErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** The `code` of a Node system error, e.g. `ENOENT`; undefined for anything else. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** One line for a person: the message without its stack. */
export const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? 'unknown error';
