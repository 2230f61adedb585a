/** Exit codes of the command line. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** Ends the command with one line on stderr. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: number;
  constructor(message: string, exitCode: number = exitCodes.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}
/** The person asked for something that cannot be meant. */
export const misuse = (message: string): Failure => new Failure(message, exitCodes.usage);
