import type { Composition } from '../../src-shared/ipc/index.ts';
import type { AccountId } from '../../src-shared/model/index.ts';
import type { Chance } from '../simulators/_base/index.ts';
import type { HubProcess } from './process.ts';

/** What is known of one message, by what it is about: its words, its marks, where it lies. Compared as text. */
export type Facts = Readonly<Record<string, string>>;

/** Everything a network holds, by the keys its messages have here. */
export interface Standing {
  readonly facts: ReadonlyMap<string, Facts>;
  /** Messages that may be here or not: what the network tells by itself, and of which there is nothing to compare. */
  readonly beside: ReadonlySet<string>;
  /** Of each conversation, its messages in order. */
  readonly orders: readonly (readonly string[])[];
}

/** A network the hub is killed on, with a ledger of its own to compare with. */
export interface Network {
  logIn(hub: HubProcess): Promise<AccountId>;
  /** Something happens there: somebody writes, changes or takes back, reads, moves. */
  happen(luck: Chance): void | Promise<void>;
  /**
   * Somebody writes where nothing of this happens. A network that has to be asked tells when it handed that out, Unix ms.
   */
  readonly whisper?: (text: string) => Promise<number> | undefined;
  /** What the person writes; `text` names it among all others. Undefined as long as there is nowhere to write. */
  letter(hub: HubProcess, account: AccountId, text: string, luck: Chance): Promise<Composition | undefined>;
  /** The person opens conversation after conversation: some things a network tells only of what is in front of somebody. */
  readonly look?: (hub: HubProcess, account: AccountId) => Promise<void>;
  /** Requests that came in so far. */
  readonly asked: number;
  /** After some breaks nobody can know whether a message arrived: the person is asked. */
  readonly cannotTell?: boolean;
  standing(): Promise<Standing>;
  /** What it has accepted from the person, by the text that names it, each as often as it did. */
  sent(): Promise<readonly string[]>;
  stop(): Promise<void>;
}
/** `messages`: how many it holds from the start. */
export type StartNetwork = (messages: number) => Promise<Network>;

/** A message of plain words; what else there is to say of it in `more`. */
export const composition = (account: AccountId, text: string, more: Partial<Composition> = {}): Composition => ({
  account,
  conversation: null,
  from: null,
  recipients: [],
  subject: null,
  text,
  format: 'plain',
  parts: [],
  replyTo: null,
  forwards: null,
  ...more,
});

/** What the person wrote begins so. */
export const ownWords = 'mine ';
