/**
 * A network as `npm run simulate` starts it: `tests/simulators/<vendor>/index.ts` exports one as `simulator`, or several as
 * `simulators`.
 */
export interface Simulator {
  readonly name: string;
  /** Starts it on the loopback interface; `port` 0 is any free one. Its people and their talk are the connected cast. */
  start(options: { readonly port: number; readonly until: number }): Promise<RunningSimulator>;
}
export interface RunningSimulator {
  readonly address: string;
  /** The channel it is for, and what a person would type to log in, by login field. */
  readonly login: {
    readonly channel: string;
    readonly flow: string;
    readonly fields: Readonly<Record<string, string>>;
  };
  /** Something new happens, as if somebody had just written. */
  stir(): Promise<void>;
  /** What this account has had accepted, oldest first: each message in the network's own writing. */
  sent?(): readonly string[];
  stop(): Promise<void>;
}
