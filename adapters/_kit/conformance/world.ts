import type { LoginAnswers, LoginStep } from '../../../src-shared/channel.ts';
import type { OutgoingMessage } from '../../../src-shared/model/index.ts';
import type { Memory } from '../testing/index.ts';

/** What the suite needs to know of the network a channel is tried on: a simulator, a real server, or nothing at all. */
export interface ConformanceWorld<R extends Running = Running> {
  /** Puts the network up, afresh for each test. */
  start(): Promise<R>;
  /** Tells several worlds of one channel apart in the report. */
  readonly named?: string;
  /** Which login, and what a person would answer. */
  readonly flow: string;
  answer(step: LoginStep, running: R): LoginAnswers;
  /** `fake`: the suite lets time pass. `real`: it waits, for adapters that talk to a real server. */
  readonly clock: 'fake' | 'real';
  /** A message this account can send, made from what has arrived so far. Absent: nothing can be sent. */
  outgoing?(memory: Memory): OutgoingMessage;
  /** Makes something new happen on the network; it has to arrive without being asked for. Absent: it happens by itself. */
  stir?(running: R): Promise<void>;
  /** An archive on disk whose format the channel reads. Absent: reading is not tried. */
  archive?(running: R): string;
  /** Set where all conversations are made of links (mail), so that none has a key to act on. */
  readonly linked?: boolean;
  /** False where nothing ever arrives by itself (an archive). */
  readonly live: boolean;
}
export interface Running {
  stop(): Promise<void>;
}
/** For channels that talk to no network at all. */
export const nothing = async (): Promise<Running> => ({ stop: async () => {} });
