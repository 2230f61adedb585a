/** What a call answers when it cannot do what was asked: for the person, in words that hold no secret. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: string;
  readonly retryable: boolean;
  constructor(code: string, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

export const notFound = (what: string): CallError => new CallError('not-found', `${what} is no longer here.`);

/** The words of whatever was thrown. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * What the disk itself says of a file beside the database, in words the person can act on; undefined for anything else.
 * EFBIG: the file system, or a limit of the person's, takes no file so large.
 */
export function diskTrouble(error: unknown): CallError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'full' || code === 'ENOSPC' || code === 'EDQUOT')
    return new CallError('full', 'The disk is full. Make some room and try again.', { retryable: true, cause: error });
  if (code === 'io' || code === 'EIO' || code === 'EROFS' || code === 'EFBIG')
    return new CallError('io', 'The disk does not take or give files now. Try again when it does.', {
      retryable: true,
      cause: error,
    });
  return undefined;
}
