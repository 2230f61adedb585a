/**
 * The contract between Carillon and a channel: mail over IMAP, a chat network, an archive on disk.
 *
 * A channel is data (what it can do, how one logs in) and two functions (`login`, `open`). The types below make a
 * declared feature without its operations, or an operation that was not declared, fail to compile.
 * How to write one: docs/add-a-channel.md. What every one must pass: adapters/_kit/conformance.
 */
import type {
  BlobRef,
  ChannelEvent,
  Content,
  ConversationKey,
  Cursor,
  FlagName,
  Flags,
  LabelKey,
  Level,
  MessageKey,
  OutgoingMessage,
  SendLimits,
  TxnId,
  UserKey,
} from './model/index.ts';

/** What a channel may declare. Plain JSON: it crosses to the window, which draws menus and keys from it. */
export interface Features {
  /** History can be fetched, newest first, scope by scope. */
  backfill: { scopes: 'conversation' | 'label' | 'account' };
  /** A file the person chose can be read as history (mbox, eml, Maildir, a chat export). */
  import: { extensions: readonly string[]; directories: boolean };
  edit: { maxAgeMs?: number };
  remove: { scopes: readonly RemoveScope[]; maxAgeMs?: number };
  react: { perUser: number; emoji: 'any' | readonly string[] };
  /** Telling the network that its messages were read up to one. */
  receipts: { others: boolean };
  /** Flags the network keeps per message. */
  flag: { flags: readonly FlagName[] };
  /** Folders, labels or keywords. `inboxIsLabel`: a conversation is in the inbox while one of its messages is placed under the label of that role. */
  label: { inboxIsLabel: boolean; create: boolean; keywords: boolean };
  /** The network itself can put a whole conversation away and bring it back. */
  archive: Record<string, never>;
  mute: Record<string, never>;
  pin: Record<string, never>;
  /** Buttons under a message that tell its bot something can be pressed, and polls answered. */
  press: Record<string, never>;
  typing: { refreshMs: number };
  presence: Record<string, never>;
  /** Drafts are kept on the network too. */
  drafts: Record<string, never>;
  /** The network searches what it never gave us. */
  search: Record<string, never>;
  contacts: Record<string, never>;
  group: { maxMembers?: number };
}
export type FeatureName = keyof Features;
export type RemoveScope = 'me' | 'everyone';

/** The operations each feature obliges a session to carry, under the feature's name. All may throw `ChannelError`. */
export interface Operations {
  backfill: { fetch(query: BackfillQuery): Promise<BackfillPage> };
  import: { read(query: ImportQuery): AsyncIterable<ImportBatch> };
  edit: { apply(target: Target, content: Content, options: OperationOptions): Promise<Done> };
  remove: { apply(targets: readonly Target[], scope: RemoveScope, options: OperationOptions): Promise<Done> };
  react: { set(target: Target, emoji: string, on: boolean, options: OperationOptions): Promise<Done> };
  receipts: { markRead(upTo: Target, options: OperationOptions): Promise<Done> };
  flag: { set(targets: readonly Target[], flags: Flags, options: OperationOptions): Promise<Done> };
  label: {
    /** One change of place: with one folder each way, a move. */
    apply(
      targets: readonly Target[],
      change: { add: readonly LabelKey[]; remove: readonly LabelKey[] },
      options: OperationOptions,
    ): Promise<Done>;
    create(name: string, options: OperationOptions): Promise<LabelKey>;
  };
  archive: { set(conversation: ConversationKey, on: boolean, options: OperationOptions): Promise<Done> };
  mute: { set(conversation: ConversationKey, on: boolean, options: OperationOptions): Promise<Done> };
  pin: { set(target: Target, on: boolean, options: OperationOptions): Promise<Done> };
  press: {
    /** Presses the button of that id, or answers the poll with these options (all of them, none takes the vote back). */
    apply(
      target: Target,
      choice: { readonly button: string } | { readonly options: readonly string[] },
      options: OperationOptions,
    ): Promise<Done & { readonly notice?: string }>;
  };
  typing: { set(conversation: ConversationKey, on: boolean): void };
  presence: { set(state: 'online' | 'away'): void };
  drafts: {
    /**
     * `seen`: the words go on from that version of what is replaced; absent where they are the last ones saved here.
     * `elsewhere`: what it replaces was no longer there, and not because of a former try.
     */
    save(
      draft: OutgoingMessage,
      replaces: MessageKey | undefined,
      options: OperationOptions & Pick<SendOptions, 'open'> & { readonly seen?: number },
    ): Promise<Done & { key: MessageKey; elsewhere?: boolean }>;
    discard(key: MessageKey, options: OperationOptions): Promise<Done>;
  };
  search: { find(text: string, cursor: Cursor | undefined, signal: AbortSignal): Promise<BackfillPage> };
  contacts: { list(signal: AbortSignal): AsyncIterable<readonly ChannelEvent[]> };
  /** Without a title: the conversation of exactly these people, the one there is or a new one. */
  group: { create(title: string, members: readonly UserKey[], options: OperationOptions): Promise<ConversationKey> };
}

/** A message on the network, with the conversation it is in where the network has any. */
export interface Target {
  readonly message: MessageKey;
  readonly conversation: ConversationKey | undefined;
}
/** What an operation changed, as the network would have told it; ingested with the operation's own completion. */
export interface Done {
  readonly events: readonly ChannelEvent[];
}
export interface OperationOptions {
  readonly txn: TxnId;
  readonly signal: AbortSignal;
}

export interface BackfillQuery {
  readonly scope: string;
  /** Where the last page ended; absent on the first. */
  readonly cursor: Cursor | undefined;
  /** At most this many messages, a hint. */
  readonly limit: number;
  readonly signal: AbortSignal;
}
export interface BackfillPage {
  readonly events: readonly ChannelEvent[];
  /** Where to go on; absent when the scope is exhausted. */
  readonly next?: Cursor;
  readonly done: number;
  readonly total?: number;
  /** Not before this long, ms; the network asked for it. */
  readonly waitMs?: number;
}
export interface ImportQuery {
  readonly path: string;
  readonly cursor: Cursor | undefined;
  readonly signal: AbortSignal;
}
export interface ImportBatch {
  readonly events: readonly ChannelEvent[];
  readonly cursor: Cursor;
  /** Bytes read and in all (or files, for a directory): for rate and time left. */
  readonly done: number;
  readonly total: number;
  /** Messages kept although damaged, by their number in the archive, 1-based. */
  readonly damaged: readonly { number: number; reason: string }[];
}

export interface SendOptions extends OperationOptions {
  /** The last stage a former try of the same txn reported, e.g. "accepted": what is done must not be done again. */
  readonly stage: string | undefined;
  /** Durable once resolved: call it the moment a step that must not happen twice has happened. */
  reached(stage: string): Promise<void>;
  /** Bytes of a part that goes out, whether from disk or from another message. */
  open(ref: BlobRef): Promise<Uint8Array>;
  progress(sentBytes: number, totalBytes: number): void;
}
/** `await-echo`: accepted, but its key will only be known when it comes back with the same txn. */
export type SendResult = (
  | { readonly is: 'sent'; readonly key: MessageKey; readonly at: number; readonly order?: string }
  | { readonly is: 'await-echo' }
) &
  Partial<Done>;
export type Reconciled =
  | { readonly is: 'sent'; readonly result: SendResult }
  | { readonly is: 'absent' }
  /** `againInMs`: when looking again can tell more; absent where nobody knows. */
  | { readonly is: 'undecided'; readonly why: string; readonly againInMs?: number };

/** One account's live connection. */
export interface Session {
  /**
   * Connects, catches up from the checkpoints and stays connected until aborted or disconnected.
   * Resolves once the first connection is settled either way. Trouble goes to `context.state`, it never throws.
   */
  connect(signal: AbortSignal): Promise<void>;
  /** Ends everything within 2 s. No event may be emitted after it resolves. */
  disconnect(): Promise<void>;
  /** Key and links a message will have once sent, where they can be known before: the local echo carries them. Pure. */
  identify?(message: OutgoingMessage, txn: TxnId): { key: MessageKey; links?: readonly string[] };
  send(message: OutgoingMessage, options: SendOptions): Promise<SendResult>;
  /** After an outcome nobody knows: did it arrive? Asked before any further try. Not needed where sending is idempotent. */
  reconcile?(message: OutgoingMessage, options: SendOptions): Promise<Reconciled>;
  openBlob(source: { message: MessageKey; ref: BlobRef }, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Small pictures, asked for when they are first to be seen; `not-found` where there is none. */
  openPicture?(of: PictureOf, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** The network's own emoji one can react with over this account, as reactions write them; their pictures by `openPicture`. */
  ownEmoji?(signal: AbortSignal): Promise<readonly string[]>;
  /** Who is in a conversation too large to be told of whole, a stretch at a time, in an order of the network's own. */
  members?(query: MembersQuery): Promise<MembersPage>;
  /** The network's interest: this conversation is in front of the person now (poll it faster); undefined when none is. */
  focus?(conversation: ConversationKey | undefined): void;
  /** How it stands with a network that is asked rather than one that tells; for the account's card. Cheap, never throws. */
  standing?(): Standing;
}
export interface MembersQuery {
  readonly conversation: ConversationKey;
  /** Part of a name; empty for everybody. */
  readonly text: string;
  /** Where the last page ended; absent on the first. */
  readonly cursor: Cursor | undefined;
  readonly signal: AbortSignal;
}
export interface MembersPage {
  readonly members: readonly UserKey[];
  /** Who they are, where that was not told before. */
  readonly events: readonly ChannelEvent[];
  /** Where to go on; absent at the end. */
  readonly next?: Cursor;
  /** How many there are whom the query asks for. */
  readonly total: number;
}
/** A picture that goes with no message: the `avatar` of somebody or of a conversation, or an emoji of the network's own. */
export type PictureOf =
  | { readonly is: 'user'; readonly key: UserKey; readonly ref: BlobRef }
  | { readonly is: 'conversation'; readonly key: ConversationKey; readonly ref: BlobRef }
  /** As reactions write it: `:name:`. */
  | { readonly is: 'emoji'; readonly emoji: string };
/** Times are Unix ms. */
export interface Standing {
  /** When it looks for news next; absent where the network tells by itself. */
  readonly nextLookAt?: number;
  readonly allowances: readonly Allowance[];
}
/** What is left of something the network grants so much of in a time. */
export interface Allowance {
  readonly rule: string;
  /** What it is for (a method, a conversation); absent where the rule has one allowance. */
  readonly of?: string;
  readonly left: number;
  readonly limit: number;
  /** When it will be full again if nothing more is taken. */
  readonly fullAt: number;
  /** The network asked for silence until then. */
  readonly blockedUntil?: number;
}
export type SessionOf<F> = Session & { readonly [K in keyof F & keyof Operations]: Operations[K] };

/** What each channel says of itself before anyone logs in. Shown word for word. */
export interface RiskCard {
  readonly official: 'open-standard' | 'official-api' | 'unofficial' | 'local';
  /** What the person must create or switch on first, in order. */
  readonly needs: readonly string[];
  readonly cannot: readonly string[];
  readonly encryption: 'transport' | 'end-to-end-kept' | 'end-to-end-ends-here' | 'none';
  readonly limits?: string;
}
export interface LoginFlow {
  readonly id: string;
  readonly label: string;
}

export interface Channel<F extends Partial<Features> = Partial<Features>> {
  /** Lower-case, stable for ever: it is stored with every account. */
  readonly id: string;
  readonly name: string;
  readonly features: F;
  readonly send: SendLimits;
  readonly risk: RiskCard;
  readonly logins: readonly LoginFlow[];
  /** Longest time the session may go without proof that delivery works before it is restarted, ms. */
  readonly provenWithinMs: number;
  /** Ends in an account, or throws a `ChannelError`. The person cancels by `return()`; nothing may then be left open. */
  login(flow: string, environment: LoginEnvironment): AsyncGenerator<LoginStep, LoginDone, LoginAnswers>;
  open(context: SessionContext): SessionOf<F>;
}
/** Checks a channel's literal against its own declared features. */
export const defineChannel = <const F extends Partial<Features>>(channel: Channel<F>): Channel<F> => channel;
/** How a host knows the channels: description at once, code when an account needs it. */
export interface ChannelEntry {
  readonly id: string;
  readonly load: () => Promise<Channel>;
}

export interface LoginField {
  readonly id: string;
  readonly label: string;
  /** `certificate`: `value` is a fingerprint to compare; answering with that very text confirms it, anything else declines. */
  readonly type: 'text' | 'email' | 'password' | 'number' | 'select' | 'checkbox' | 'certificate';
  readonly options?: readonly { value: string; label: string }[];
  readonly value?: string;
  readonly help?: string;
  readonly required?: boolean;
  /** Shown only when asked for ("more settings"). */
  readonly advanced?: boolean;
}
export type LoginStep = (
  | { readonly show: 'fields'; readonly fields: readonly LoginField[] }
  | { readonly show: 'choose'; readonly options: readonly { id: string; label: string; detail?: string }[] }
  | { readonly show: 'qr' | 'code'; readonly data: string; readonly expiresAt?: number }
  | { readonly show: 'browser'; readonly url: string }
) & {
  readonly id: string;
  readonly title: string;
  readonly text?: string /** What was wrong with the last answer. */;
  readonly error?: string;
};
/** By field id; for `choose` under `choice`. */
export type LoginAnswers = Readonly<Record<string, string>>;
export interface LoginDone {
  readonly account: AccountDescription;
  /** To the keychain, never to the database. */
  readonly secrets: Readonly<Record<string, string>>;
}
export interface AccountDescription {
  /** The person on this network; one account per channel and key. */
  readonly key: UserKey;
  readonly label: string;
  readonly identities: readonly { key: UserKey; name?: string }[];
  /** Hosts, ports and the like. No secret. */
  readonly config: Readonly<Record<string, unknown>>;
}
export interface LoginEnvironment {
  readonly log: Log;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  /** The account being mended, when this is a re-login. */
  readonly existing: AccountDescription | undefined;
  /** What is being tried between two steps, in words for the person. */
  readonly progress?: (doing: string) => void;
}

/** Everything a session may touch. */
export interface SessionContext {
  readonly account: AccountDescription;
  readonly log: Log;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly secrets: Secrets;
  readonly lookup: Lookup;
  /** Where `scope` was left, as committed with the last batch that named it. */
  checkpoint(scope: string): Promise<Cursor | undefined>;
  /**
   * Resolves when events and checkpoint are committed in one transaction; only then acknowledge to the network.
   * Rejects when the session is over. Batches of one account are applied in the order emitted.
   */
  emit(batch: Batch): Promise<void>;
  state(state: ConnectionState): void;
  /** Delivery has just been proven to work: an answer, a keep-alive, an event. */
  proven(): void;
  /** Changed settings (an alias more, a discovered port): stored at once. */
  describe(change: Partial<Pick<AccountDescription, 'label' | 'identities' | 'config'>>): Promise<void>;
}
export interface Batch {
  readonly events: readonly ChannelEvent[];
  /** `live` may notify the person, `history` never does. */
  readonly origin: 'live' | 'history';
  readonly checkpoint?: { readonly scope: string; readonly cursor: Cursor | undefined };
}
/** What this account has already, asked of the local database. */
export interface Lookup {
  known(keys: readonly MessageKey[]): Promise<ReadonlySet<MessageKey>>;
  /** Which message stands under `label` by each reference; unknown ones are left out. */
  byRef(label: LabelKey, refs: readonly string[]): Promise<ReadonlyMap<string, MessageKey>>;
  /** Every reference under a label, in no order. */
  refs(label: LabelKey): Promise<readonly string[]>;
  placements(
    keys: readonly MessageKey[],
  ): Promise<ReadonlyMap<MessageKey, readonly { label: LabelKey; ref: string | undefined }[]>>;
  flags(keys: readonly MessageKey[]): Promise<ReadonlyMap<MessageKey, Flags>>;
  /** The whole archive source of a message kept by import; undefined where there is none. */
  source(key: MessageKey): Promise<Uint8Array | undefined>;
}

export type ConnectionState =
  | { readonly is: 'connecting'; readonly doing?: string }
  | { readonly is: 'online' }
  | { readonly is: 'offline'; readonly message: string; readonly retryAt?: number }
  /** The credential does not work (any more); everything local is kept. */
  | { readonly is: 'needs-login'; readonly code: string; readonly message: string }
  /** Will not mend itself. */
  | { readonly is: 'failed'; readonly code: string; readonly message: string };

/** `not-done`: safe to try again. `unknown`: may have happened, reconcile first. `refused`: never will, tell the person. */
export type Outcome = 'not-done' | 'unknown' | 'refused';
/** The one error an adapter throws. `message` is for the person; `code` is a short stable word (auth, network, too-large, ...). */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
  readonly code: string;
  readonly outcome: Outcome;
  readonly retryAfterMs: number | undefined;
  constructor(
    code: string,
    outcome: Outcome,
    message: string,
    options: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.outcome = outcome;
    this.retryAfterMs = options.retryAfterMs;
  }
}

export interface Secrets {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
}
export interface Log {
  debug(message: string, data?: Readonly<Record<string, unknown>>): void;
  info(message: string, data?: Readonly<Record<string, unknown>>): void;
  warn(message: string, data?: Readonly<Record<string, unknown>>): void;
  error(message: string, data?: Readonly<Record<string, unknown>>): void;
}
/** Time and chance, so that tests own both. */
export interface Clock {
  /** Unix ms. */
  now(): number;
  /** Uniform in [0, 1). */
  random(): number;
  /** Resolves after `ms`, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
export type { Level };
