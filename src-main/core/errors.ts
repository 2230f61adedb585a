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
