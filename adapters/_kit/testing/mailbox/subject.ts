import type { MessageKey } from '../../../../src-shared/model/index.ts';
import type { Fault, Trigger } from '../../../../tests/simulators/_base/faults.ts';
import type { Memory } from '../memory.ts';
import type { MailNetwork, MailWorld } from './world.ts';

export interface MailSize {
  readonly talks?: number;
  readonly messages?: number;
}
/** A bad moment, and whom it meets. */
export type BadMoment = readonly [Trigger, Fault];

/** What the suite of all mailboxes asks of one: its world, how its network is looked into, and what goes wrong on it. */
export interface MailSubject<N extends MailNetwork> {
  /** The channel's, which the links of its threads begin with. */
  readonly id: string;
  world(size?: MailSize): Promise<MailWorld<N>>;
  readonly look: {
    /** Every message as the network has it, a line each: which, where, how it is marked. */
    there(network: N): readonly string[];
    /** The same of one that is here. */
    here(memory: Memory, key: MessageKey): string;
    inInbox(network: N): readonly string[];
    threadOf(network: N, id: string): string;
    drafts(network: N): readonly string[];
    starred(network: N, id: string): boolean;
  };
  readonly touch: {
    markRead(network: N, id: string): void;
    /** Another device throws a draft away. */
    loseDraft(network: N, id: string): void;
  };
  /** Until what came so far is noted, so that only what is new is read after it. */
  followed(world: MailWorld<N>): Promise<void>;
  readonly requests: {
    /** Reads one message. */
    readonly message: RegExp;
    /** Looks for news, of the inbox at least. `path`: decoded. */
    isLook(path: string, network: N): boolean;
  };
  /** So many letters that telling them takes the network more than one answer. */
  readonly pageful: number;
  readonly standing: {
    /** Between two looks at most, ms: when nothing happens, and while a conversation is in front of the person. */
    readonly mostMs: number;
    readonly watchedMs: number;
    readonly allowance: { readonly rule: string; readonly limit: number };
  };
  /** What is noted on the way of a message out, from the first to `accepted`; and with what `offered` is noted. */
  readonly stages: readonly string[];
  offered(id: string): string;
  readonly bad: {
    /** The network asks twice for patience when something is sent. */
    readonly patience: BadMoment;
    /** What was sent cannot be read back for a while. */
    readonly readBack: BadMoment;
    /** A draft is saved, or put in another's place, and nobody hears of it. */
    readonly draftSaved: BadMoment;
    readonly draftReplaced: BadMoment;
    readonly noContacts: BadMoment;
    /** The mailbox cannot be opened at all, and a word of what is said then. */
    readonly shut: BadMoment;
    readonly shutSays: string;
    /** All that a bad day brings. */
    readonly day: readonly BadMoment[];
    /** So much that everything there is to log is logged: while the mailbox is read, and while something is sent. */
    readonly noisyReading: readonly BadMoment[];
    readonly noisySending: readonly BadMoment[];
    /** Must not be in any log. */
    readonly secrets: readonly string[];
  };
}
