/** What the shell will not or cannot do, with a name the window has words for. */
export class ShellError extends Error {
  override readonly name = 'ShellError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
