/**
 * What the rest of the hub may ask of the store. Every command is one synchronous transaction on the writer's thread,
 * every query runs on the reader's; nothing outside `src-main/store` sees SQL, a connection or a row.
 */

import type { AccountDescription, Batch, ConnectionState, PictureOf } from '../../src-shared/channel.ts';
import type * as view from '../../src-shared/ipc/index.ts';
import type {
  Composition,
  FilesQuery,
  ListFilter,
  ListQuery,
  PeopleQuery,
  SearchQuery,
  Topic,
} from '../../src-shared/ipc/index.ts';
import type {
  AccountId,
  AttachmentId,
  BlobRef,
  ChannelEvent,
  Content,
  ConversationId,
  ConversationKey,
  Cursor,
  DraftId,
  Flags,
  IdentityId,
  ImportId,
  LabelId,
  LabelKey,
  LabelRole,
  Media,
  MessageId,
  MessageKey,
  OutboxId,
  OutgoingMessage,
  PersonId,
  Recipient,
  TxnId,
  UserKey,
} from '../../src-shared/model/index.ts';

export interface StoreOptions {
  /** Absolute path of the database file. */
  readonly file: string;
  /** 32 bytes. The file is encrypted with it from the first page on. */
  readonly key: Uint8Array;
  /** Unix ms; handed to commands that need the time. */
  readonly now: () => number;
}

/** A new live message worth telling the person about; the notifier decides. */
export interface Arrival {
  readonly message: MessageId;
  readonly conversation: ConversationId;
  readonly account: AccountId;
  readonly author: string;
  readonly person: PersonId | null;
  readonly title: string;
  readonly preview: string;
  readonly mentionsMe: boolean;
  readonly muted: boolean;
}
/** What a command touched; published as `changed` after the commit. */
export interface Changed {
  readonly topics: readonly Topic[];
}

/** One unit of outgoing work, as the outbox stores it. */
export type Operation =
  | {
      readonly op: 'send';
      readonly message: OutgoingMessage /** Archive the conversation once it is sent. */;
      readonly archive: boolean;
    }
  | { readonly op: 'flag'; readonly targets: readonly TargetRow[]; readonly flags: Flags }
  | {
      readonly op: 'label';
      readonly targets: readonly TargetRow[];
      readonly add: readonly LabelKey[];
      readonly remove: readonly LabelKey[];
    }
  | { readonly op: 'remove'; readonly targets: readonly TargetRow[]; readonly scope: 'me' | 'everyone' }
  | { readonly op: 'react'; readonly target: TargetRow; readonly emoji: string; readonly on: boolean }
  | { readonly op: 'edit'; readonly target: TargetRow; readonly content: Content }
  | { readonly op: 'mark-read'; readonly upTo: TargetRow }
  | { readonly op: 'archive' | 'mute'; readonly conversation: ConversationKey; readonly on: boolean }
  | {
      readonly op: 'draft-save';
      readonly draft: DraftId;
      readonly message: OutgoingMessage;
      /** The copy this one takes the place of; filled in when the work is claimed. */
      readonly replaces: MessageKey | null;
      /** The version of that copy these words go on from, filled in with it; absent where they were written here. */
      readonly seen?: number;
      /** `updatedAt` of the draft these words are of, Unix ms. */
      readonly at: number;
    }
  | { readonly op: 'draft-discard'; readonly key: MessageKey };
export interface TargetRow {
  readonly id: MessageId;
  readonly key: MessageKey;
  /** Null where the conversation's key is local (linked mail). */
  readonly conversation: ConversationKey | null;
}
/**
 * What goes out side by side for an account, one at a time on each: changes and small drafts, messages, and whatever moves
 * many bytes. So nothing small waits for anything large.
 */
export type Track = 'change' | 'message' | 'bulk';
export type OutboxState = 'queued' | 'sending' | 'sent' | 'awaiting-echo' | 'unknown' | 'failed' | 'cancelled';
export interface OutboxRow {
  readonly id: OutboxId;
  readonly txn: TxnId;
  readonly account: AccountId;
  readonly conversation: ConversationId | null;
  readonly message: MessageId | null;
  readonly operation: Operation;
  readonly state: OutboxState;
  readonly stage: string | null;
  readonly tries: number;
  readonly notBefore: number;
  readonly error: { readonly code: string; readonly message: string } | null;
}
/** How a try ended. Events are ingested in the same transaction. */
export type Settlement =
  | {
      readonly as: 'sent';
      readonly key: MessageKey | null;
      readonly at: number | null;
      readonly order: string | null;
      readonly events: readonly ChannelEvent[];
      /** Of a draft saved: the copy it was to replace was no longer there. */
      readonly elsewhere?: boolean;
    }
  | { readonly as: 'awaiting-echo' }
  | { readonly as: 'retry'; readonly notBefore: number; readonly error: { code: string; message: string } }
  | {
      readonly as: 'unknown';
      readonly notBefore: number;
      readonly error: { code: string; message: string };
      /** The try said nothing, and does not count. */
      readonly uncounted?: boolean;
    }
  /** Optimistic changes are taken back, except a sent message's echo: it stays, marked failed. */
  | { readonly as: 'failed'; readonly error: { code: string; message: string } };

export interface AccountRow {
  readonly id: AccountId;
  readonly channel: string;
  readonly description: AccountDescription;
  readonly colour: string | null;
  readonly paused: boolean;
  /** The state it was last seen in, and when, Unix ms; null when it was never connected. */
  readonly last: { readonly state: ConnectionState; readonly at: number } | null;
}
export interface BackfillTask {
  readonly account: AccountId;
  readonly scope: string;
  readonly title: string | null;
  readonly cursor: Cursor | null;
  readonly done: number;
  readonly total: number | null;
  readonly notBefore: number;
  readonly tries: number;
}
/** Progress of a task, saved with the page it fetched. `cursor: null` with `finished` closes it. */
export interface BackfillStep {
  readonly scope: string;
  readonly cursor: Cursor | null;
  readonly finished: boolean;
  readonly done: number;
  readonly total: number | null;
  readonly notBefore: number;
}
export interface ImportRow {
  readonly id: ImportId;
  readonly account: AccountId;
  readonly channel: string;
  readonly path: string;
  readonly cursor: Cursor | null;
  readonly state: view.ImportView['state'];
  readonly messages: number;
  readonly added: number;
  readonly done: number;
  readonly total: number;
  readonly damaged: readonly { readonly number: number; readonly reason: string }[];
  readonly damagedCount: number;
  readonly error: string | null;
}

type Command<I, O> = { readonly input: I; readonly output: O & Changed };
export interface Commands {
  /** Upsert on (channel, key). */
  'account.save': Command<
    { channel: string; description: AccountDescription; inboxIsLabel: boolean },
    { account: AccountId; created: boolean }
  >;
  'account.update': Command<
    { account: AccountId; description?: Partial<AccountDescription>; colour?: string | null; paused?: boolean },
    object
  >;
  /** Remembers how an account fares. Tells no window: they hear it from the connection itself. */
  'account.state': Command<{ account: AccountId; state: ConnectionState; at: number }, object>;
  /** Everything of the account goes with it. Answers the blob hashes no other message uses. */
  'account.remove': Command<{ account: AccountId }, { orphans: readonly string[] }>;
  /** Events, checkpoint and the step of the task or import that fetched them: one transaction (docs/SPEC.md, rules I-*). */
  ingest: Command<
    {
      account: AccountId;
      batch: Batch;
      /** What was emitted after it meanwhile, in order: the same transaction. */
      following?: readonly Batch[];
      task?: BackfillStep;
      import?: {
        id: ImportId;
        cursor: Cursor;
        done: number;
        total: number;
        damaged: readonly { number: number; reason: string }[];
      };
    },
    { arrivals: readonly Arrival[]; added: number; settled: readonly OutboxId[] }
  >;
  'backfill.postpone': Command<{ account: AccountId; scope: string; notBefore: number }, object>;
  'import.create': Command<
    { account: AccountId; channel: string; path: string },
    { import: ImportId; resumed: boolean }
  >;
  'import.state': Command<{ import: ImportId; state: view.ImportView['state']; error?: string }, object>;
  /**
   * Outbox row, optimistic change and (for `send`) local echo: one transaction. FIFO per conversation.
   * `identity` is the key and links the message will have, where the channel knows them before sending.
   */
  'outbox.enqueue': Command<
    {
      account: AccountId;
      txn: TxnId;
      conversation: ConversationId | null;
      operation: Operation;
      notBefore: number;
      identity?: { key: MessageKey; links?: readonly string[] };
      draft?: DraftId;
      parts?: readonly BlobRef[];
    },
    { outbox: OutboxId; conversation: ConversationId | null; message: MessageId | null }
  >;
  /**
   * Takes the next due row of an account whose predecessors in the same conversation are settled, and marks it `sending`.
   * The row answered tells the state it had before: `queued`, or `unknown` when it must be reconciled first.
   */
  'outbox.claim': Command<
    /** `busy`: tracks that are taken. `except`: what a former try still has in its hands. */
    { account: AccountId; now: number; busy?: readonly Track[]; except?: readonly OutboxId[] },
    {
      row: OutboxRow | null;
      /** Of the row. */
      track: Track | null;
      /** When the next one is due, ms; null when none waits. */
      nextAt: number | null;
    }
  >;
  /** A claim whose answer nobody heard was none: what is `sending` has its former state again, `except` what is under way. */
  'outbox.release': Command<{ account: AccountId; except: readonly OutboxId[] }, { released: readonly OutboxId[] }>;
  'outbox.stage': Command<{ outbox: OutboxId; stage: string }, object>;
  'outbox.settle': Command<{ outbox: OutboxId; settlement: Settlement }, { conversation: ConversationId | null }>;
  /** Only while queued. A cancelled send comes back as a draft. */
  'outbox.cancel': Command<{ outbox: OutboxId }, { cancelled: boolean; draft: DraftId | null }>;
  'outbox.retry': Command<{ outbox: OutboxId; now: number }, object>;
  /** At start: what was `sending` is `unknown` (or queued again where the channel is idempotent). */
  'outbox.recover': Command<{ idempotentChannels: readonly string[] }, { unknown: readonly OutboxId[] }>;
  /**
   * The clock was put back by so many ms, which are less than zero: pauses that had begun do not grow by them, and what was said
   * while it was ahead was said by so much earlier.
   */
  'clock.putBack': Command<{ by: number }, object>;
  'conversation.local': Command<
    {
      conversations: readonly ConversationId[];
      archived?: boolean;
      muted?: boolean;
      pinned?: boolean;
      snoozedUntil?: number | null;
    },
    object
  >;
  /** Wakes what slept until now or before. */
  'snooze.wake': Command<{ now: number }, { woken: readonly ConversationId[]; nextAt: number | null }>;
  'draft.save': Command<{ draft?: DraftId; composition: Composition; now: number }, { draft: DraftId }>;
  /** Answers whose draft it was, where the network has to be told. */
  'draft.discard': Command<{ draft: DraftId }, { account: AccountId | null }>;
  /**
   * A draft of the network is gone on with here: from now on it is that draft's copy. One that was taken over is answered.
   * Null where it is another version by now than the one the composition was made of.
   */
  'draft.adopt': Command<
    { message: MessageId; version: number; composition: Composition; now: number },
    { draft: DraftId | null }
  >;
  'attachment.stored': Command<{ attachment: AttachmentId; hash: string; bytes: number }, object>;
  'attachment.failed': Command<{ attachment: AttachmentId; reason: string }, object>;
  'upload.stored': Command<{ ref: BlobRef; hash: string; name: string; mime: string; bytes: number }, object>;
  /** Takes uploads off that neither a draft nor unfinished work names; answers the files nothing needs any more. */
  'uploads.collect': Command<{ refs: readonly BlobRef[] }, { orphans: readonly string[] }>;
  'settings.set': Command<{ patch: Readonly<Record<string, unknown>> }, object>;
  'people.merge': Command<{ into: PersonId; from: PersonId }, object>;
  /** Empty text takes the note away. */
  'people.note': Command<{ person: PersonId; text: string }, object>;
  /** A new person made of these identities; people nothing is left of go. */
  'people.split': Command<{ identities: readonly IdentityId[] }, { person: PersonId }>;
  /** Keeps what a network answered, null that it has none; those not seen for longest make way beyond `most` bytes. */
  'picture.stored': Command<
    {
      account: AccountId;
      of: PictureOf;
      picture: { mime: view.Picture['mime']; content: Uint8Array } | null;
      at: number;
      most: number;
    },
    object
  >;
  'pictures.seen': Command<{ pictures: readonly { account: AccountId; of: PictureOf }[]; at: number }, object>;
  /** Takes rows off the list of what the person is told of; all of them when nothing is named. */
  'notifications.clear': Command<
    { conversations?: readonly ConversationId[]; messages?: readonly MessageId[] },
    object
  >;
  'hosts.note': Command<
    {
      contacts: readonly (Pick<view.HostContact, 'host' | 'port' | 'why' | 'who' | 'times'> & {
        readonly at: number;
      })[];
    },
    object
  >;
  'hosts.forget': Command<object, object>;
  /** For tests and `doctor --repair`: rebuilds counters and the search index from the messages. */
  'maintenance.rebuild': Command<object, object>;
  'maintenance.checkpoint': Command<object, object>;
}

type Query<I, O> = { readonly input: I; readonly output: O };
export interface Queries {
  accounts: Query<object, readonly AccountRow[]>;
  /** Unread conversations in the inbox by account. */
  'accounts.unread': Query<object, ReadonlyMap<AccountId, number>>;
  checkpoint: Query<{ account: AccountId; scope: string }, Cursor | null>;
  'lookup.known': Query<{ account: AccountId; keys: readonly MessageKey[] }, readonly MessageKey[]>;
  'lookup.byRef': Query<
    { account: AccountId; label: LabelKey; refs: readonly string[] },
    readonly (readonly [string, MessageKey])[]
  >;
  'lookup.refs': Query<{ account: AccountId; label: LabelKey }, readonly string[]>;
  'lookup.placements': Query<
    { account: AccountId; keys: readonly MessageKey[] },
    readonly { key: MessageKey; label: LabelKey; ref: string | null }[]
  >;
  'lookup.flags': Query<
    { account: AccountId; keys: readonly MessageKey[] },
    readonly { key: MessageKey; flags: Flags }[]
  >;
  /** Whom and what a typing notice is about; null while the conversation is not here yet. */
  'lookup.typing': Query<
    { account: AccountId; conversation: ConversationKey; by: UserKey },
    { conversation: ConversationId; name: string } | null
  >;
  'lookup.source': Query<{ account: AccountId; key: MessageKey }, Uint8Array | null>;
  'list.page': Query<ListQuery, view.ConversationPage>;
  'list.total': Query<ListFilter, number>;
  /** How many of them stand after a time, Unix ms, in the order of the list. */
  'list.newer': Query<ListFilter & { readonly than: number }, number>;
  /** Every conversation a filter lets through, in no order. */
  'list.ids': Query<ListFilter, readonly ConversationId[]>;
  'list.rows': Query<{ conversations: readonly ConversationId[] }, readonly view.ConversationRow[]>;
  /** `reading` counts as read. */
  'list.counts': Query<{ reading?: ConversationId }, view.Counts>;
  labels: Query<{ account?: AccountId }, readonly view.LabelView[]>;
  'label.byRole': Query<{ account: AccountId; role: LabelRole }, { id: LabelId; key: LabelKey } | null>;
  'label.keys': Query<{ labels: readonly LabelId[] }, readonly { id: LabelId; key: LabelKey; account: AccountId }[]>;
  /** `limits` and `features` are null here: the hub joins in what the channel says. */
  conversation: Query<
    { conversation: ConversationId },
    (Omit<view.ConversationView, 'limits' | 'features' | 'readOnly'> & { limitsPatch: unknown }) | null
  >;
  'conversation.page': Query<
    { conversation: ConversationId; around?: MessageId; at?: number; cursor?: string; limit: number },
    view.MessagePage
  >;
  message: Query<{ message: MessageId }, view.MessageView | null>;
  'message.source': Query<
    { message: MessageId },
    { source: Uint8Array | null; raw: Readonly<Record<string, unknown>> | null } | null
  >;
  /** Of the wording that is shown. */
  'message.version': Query<{ message: MessageId }, number | null>;
  'message.versions': Query<{ message: MessageId }, readonly { at: number; parts: Content['parts'] }[]>;
  /** What a reply needs to know of the message answered: its links (oldest first, own last) and key. */
  'message.thread': Query<
    { message: MessageId },
    {
      key: MessageKey;
      /** Of the message its thread begins with, which may be itself. */
      root: MessageKey;
      links: readonly string[];
      conversation: ConversationKey;
    } | null
  >;
  'conversation.thread': Query<{ message: MessageId; before?: MessageId; limit: number }, view.ThreadPage | null>;
  'conversation.pins': Query<{ conversation: ConversationId }, readonly view.MessageView[]>;
  'lookup.conversation': Query<{ account: AccountId; key: ConversationKey }, ConversationId | null>;
  /** The rows an action is about, by account: for whole conversations every message it applies to. */
  targets: Query<
    { conversations?: readonly ConversationId[]; messages?: readonly MessageId[] },
    readonly (TargetRow & {
      account: AccountId;
      conversationId: ConversationId;
      flags: Flags;
      fromMe: boolean;
      unread: boolean;
      labels: readonly LabelKey[];
      at: number;
    })[]
  >;
  'people.find': Query<{ text: string; limit: number }, readonly view.PersonView[]>;
  'people.reach': Query<{ text: string; account?: AccountId; limit: number }, readonly view.ReachView[]>;
  'people.get': Query<{ person: PersonId }, view.PersonView | null>;
  /** Whose picture that is, the network's word for it, and what is kept under that word; null where none was told of. */
  'people.pictured': Query<
    view.PictureQuery,
    { readonly account: AccountId; readonly of: PictureOf; readonly kept: KeptPicture | null } | null
  >;
  'people.page': Query<PeopleQuery, view.PeoplePage>;
  'people.byKey': Query<{ account: AccountId; keys: readonly UserKey[] }, readonly view.PersonRef[]>;
  'files.page': Query<FilesQuery, view.FilesPage>;
  notifications: Query<{ limit: number }, view.NotificationsView>;
  /** Which of these messages the person is still to be told of. */
  'notifications.held': Query<{ messages: readonly MessageId[] }, readonly MessageId[]>;
  hosts: Query<object, readonly view.HostContact[]>;
  search: Query<SearchQuery & { now: number }, view.SearchResult>;
  'backfill.next': Query<{ account: AccountId; now: number }, { task: BackfillTask | null; nextAt: number | null }>;
  /** Scopes whose history has been asked for, of an account that keeps no checkpoint to catch up from; else none. */
  'backfill.unguarded': Query<{ account: AccountId }, readonly string[]>;
  'backfill.progress': Query<{ account: AccountId }, { running: boolean; done: number; total: number | null }>;
  imports: Query<object, readonly ImportRow[]>;
  outbox: Query<object, readonly (OutboxRow & { title: string; createdAt: number })[]>;
  'outbox.get': Query<{ outbox: OutboxId }, OutboxRow | null>;
  drafts: Query<{ limit: number }, readonly view.DraftView[]>;
  /** Drafts that say more than their copy on the network and are not on their way there, the oldest change first. */
  'drafts.unkept': Query<object, readonly { draft: DraftId; account: AccountId; updatedAt: number }[]>;
  /** Drafts the network has and nobody has gone on with here, newest first. */
  'drafts.remote': Query<{ limit: number; conversation?: ConversationId }, readonly view.RemoteDraft[]>;
  'draft.composition': Query<{ draft: DraftId }, { composition: Composition; updatedAt: number } | null>;
  /** Of a conversation: what is written into it, or into one of its threads. */
  draft: Query<{ draft?: DraftId; conversation?: ConversationId | null; thread?: MessageId }, view.DraftView | null>;
  attachment: Query<
    { attachment: AttachmentId },
    { view: view.AttachmentView; account: AccountId; key: MessageKey; hash: string | null } | null
  >;
  /** Where the bytes behind an outgoing part are: an upload, or an attachment of a message already here. */
  'blob.find': Query<
    { account: AccountId; ref: BlobRef; message?: MessageKey },
    { hash: string | null; attachment: AttachmentId | null; name: string; mime: string } | null
  >;
  uploads: Query<object, readonly { ref: BlobRef; hash: string }[]>;
  /** Those of the files that neither a message nor an upload names. */
  'blobs.unnamed': Query<{ hashes: readonly string[] }, readonly string[]>;
  settings: Query<object, Readonly<Record<string, unknown>>>;
  stats: Query<object, Omit<view.Stats, never>>;
  /** Integrity of file, index and counters. */
  check: Query<object, readonly view.Check[]>;
  /** Messages of an export in stable order, page by page; `after` is the last page's `next`. */
  'export.page': Query<
    { account?: AccountId; conversation?: ConversationId; after?: string; limit: number },
    { items: readonly ExportItem[]; next: string | null }
  >;
}
/** What a network answered when it was asked for a picture. Times are Unix ms. */
export interface KeptPicture {
  /** Null: it has none. */
  readonly picture: { readonly mime: view.Picture['mime']; readonly content: Uint8Array } | null;
  readonly fetchedAt: number;
  /** Roughly: to the day. */
  readonly seenAt: number;
}
/** A message with all that JSON Lines carries (docs/export-format.md). */
export interface ExportItem {
  readonly id: MessageId;
  readonly account: { readonly channel: string; readonly key: UserKey; readonly label: string };
  /** Events that rebuild this message and what it refers to when ingested into an empty database. */
  readonly events: readonly ChannelEvent[];
  readonly source: Uint8Array | null;
  readonly attachments: readonly { readonly id: AttachmentId; readonly media: Media; readonly hash: string | null }[];
  readonly recipients: readonly Recipient[];
}

export type CommandName = keyof Commands;
export type QueryName = keyof Queries;
export interface Store {
  /**
   * Resolves once what was done would survive a power cut. `committed` is told earlier, as soon as queries see it; should the
   * disk not take it after all, the command rejects nevertheless.
   */
  command<K extends CommandName>(
    name: K,
    input: Commands[K]['input'],
    committed?: (output: Commands[K]['output']) => void,
  ): Promise<Commands[K]['output']>;
  query<K extends QueryName>(name: K, input: Queries[K]['input']): Promise<Queries[K]['output']>;
  /** Does now what can be done of ingesting these events before the writer is asked, for whoever waits for it with others. */
  prepare(events: readonly ChannelEvent[]): void;
  /** Checkpoints the log and closes both connections. */
  close(): Promise<void>;
}
