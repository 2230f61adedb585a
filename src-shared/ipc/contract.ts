import { z } from 'zod';
import { LabelRole } from '../model/event.ts';
import {
  AccountId,
  AttachmentId,
  type BlobRef,
  ConversationId,
  DraftId,
  IdentityId,
  ImportId,
  LabelId,
  Mention,
  MessageId,
  OutboxId,
  Part,
  PersonId,
  Recipient,
  Time,
  UserKey,
} from '../model/index.ts';
import { call } from './call.ts';
import type * as view from './view.ts';
import { fileKinds, noticeTexts, shellWords, systemViews } from './view.ts';

/** Each feature's calls; the names are `<feature>.<verb>`. */
const none = z.object({});
const limit = z.number().int().min(1).max(200).default(50);

/** Which conversations; all that is named must hold. Without a view: all, or whatever stands under the label or person. */
export const ListFilter = z.object({
  view: z.enum(systemViews).optional(),
  account: AccountId.optional(),
  channel: z.string().optional(),
  label: LabelId.optional(),
  person: PersonId.optional(),
  unread: z.boolean().optional(),
  hasAttachment: z.boolean().optional(),
  starred: z.boolean().optional(),
});
export type ListFilter = z.infer<typeof ListFilter>;
export const ListQuery = ListFilter.extend({
  /** `unread`: what is unread first, then the rest, each newest first. */
  sort: z.enum(['newest', 'oldest', 'unread']).default('newest'),
  cursor: z.string().optional(),
  /** The rows before the cursor rather than after it, in the list's own order all the same. */
  back: z.boolean().optional(),
  /** Rows to skip, without a cursor: where a scroll bar was dragged to. */
  offset: z.number().int().nonnegative().optional(),
  /** Only those of these that belong here. */
  only: z.array(ConversationId).max(1000).optional(),
  limit,
});
export type ListQuery = z.infer<typeof ListQuery>;

export const SearchQuery = z.object({
  text: z.string().max(2000),
  order: z.enum(['newest', 'relevance']).default('newest'),
  account: AccountId.optional(),
  channel: z.string().optional(),
  conversation: ConversationId.optional(),
  facets: z.boolean().default(false),
  cursor: z.string().optional(),
  limit,
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** Files of every message, newest first; pictures that belong to a letter's looks are left out. */
export const FilesQuery = z.object({
  /** Any part of a file's name. */
  text: z.string().max(200).optional(),
  kind: z.enum(fileKinds).optional(),
  account: AccountId.optional(),
  conversation: ConversationId.optional(),
  person: PersonId.optional(),
  minBytes: z.number().int().nonnegative().optional(),
  cursor: z.string().optional(),
  limit,
});
export type FilesQuery = z.infer<typeof FilesQuery>;
export const PeopleQuery = z.object({
  text: z.string().max(200).default(''),
  sort: z.enum(['recent', 'name']).default('recent'),
  cursor: z.string().optional(),
  limit,
  /** Whose alphabet names are put in order by. */
  language: z.enum(['en', 'pl']).optional(),
});
export type PeopleQuery = z.infer<typeof PeopleQuery>;

/** What the composer holds: text in one format and files already taken into the blob store. */
export const Composition = z.object({
  account: AccountId,
  conversation: ConversationId.nullable(),
  from: UserKey.nullable(),
  recipients: z.array(Recipient).max(10_000),
  subject: z.string().max(10_000).nullable(),
  text: z.string().max(5_000_000),
  format: z.enum(['plain', 'markdown', 'html']),
  /** Parts besides the text: images, documents, a location ... `media.ref` names an upload or another message's blob. */
  parts: z.array(Part).max(1000),
  replyTo: MessageId.nullable(),
  forwards: MessageId.nullable(),
  /** Into the thread of this message, be it its first or an answer in it. */
  thread: MessageId.nullable().optional(),
  /** People named in the text as `@name`; those whose name is no longer there are left out. */
  mentions: z.array(Mention).max(10_000).optional(),
});
export type Composition = z.infer<typeof Composition>;

/** One action over many messages or whole conversations; optimistic, undone by its opposite. */
export const Selection = z.object({
  conversations: z.array(ConversationId).max(10_000).optional(),
  messages: z.array(MessageId).max(10_000).optional(),
});
export type Selection = z.infer<typeof Selection>;

export const ShellPatch = z.object({
  /** As Electron writes it (`Ctrl+Shift+Space`); null: none. */
  hotKey: z.string().min(1).max(100).nullable().optional(),
  launchAtLogin: z.boolean().optional(),
  background: z.boolean().optional(),
  noticeText: z.enum(noticeTexts).optional(),
  spellCheck: z.boolean().optional(),
  /** Encrypted, or on this computer. */
  updateFeed: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .refine((url) => /^(https:|http:\/\/(127\.0\.0\.1|localhost)(:|\/|$))/i.test(url))
    .nullable()
    .optional(),
});
export type ShellPatch = z.infer<typeof ShellPatch>;

/** What can be done to conversations, many or one; `triage.undo` takes exactly that back. */
export const TriageAction = z.discriminatedUnion('is', [
  z.object({ is: z.literal('archive'), on: z.boolean() }),
  z.object({ is: z.literal('read'), on: z.boolean() }),
  z.object({ is: z.literal('star'), on: z.boolean() }),
  z.object({ is: z.literal('mute'), on: z.boolean() }),
  z.object({ is: z.literal('pin'), on: z.boolean() }),
  z.object({ is: z.literal('snooze'), until: Time.nullable() }),
  z.object({ is: z.literal('move'), role: LabelRole }),
  z.object({ is: z.literal('label'), add: z.array(LabelId).max(100), remove: z.array(LabelId).max(100) }),
]);
export type TriageAction = z.infer<typeof TriageAction>;

const app = {
  'app.info': call(none).returns<view.AppInfo>(),
  'app.stats': call(none).returns<view.Stats>(),
  'app.check': call(none).returns<readonly view.Check[]>(),
  /** What changed since a seq; `reset` when that is too long ago to say, then fetch everything anew. */
  'app.since': call(z.object({ epoch: z.string(), seq: z.number().int() })).returns<{
    reset: boolean;
    seq: number;
    topics: readonly Topic[];
  }>(),
  'settings.get': call(none).returns<view.Settings>(),
  'settings.set': call(z.object({ patch: z.record(z.string(), z.unknown()) })).returns<view.Settings>(),
};
const accounts = {
  'channels.list': call(none).returns<readonly view.ChannelView[]>(),
  'accounts.list': call(none).returns<readonly view.AccountView[]>(),
  'accounts.remove': call(z.object({ account: AccountId })).returns<null>(),
  'accounts.update': call(
    z.object({
      account: AccountId,
      label: z.string().min(1).max(200).optional(),
      colour: z.string().max(32).nullable().optional(),
      paused: z.boolean().optional(),
    }),
  ).returns<null>(),
  /** Connects once with what is stored and says what happened. */
  'accounts.test': call(z.object({ account: AccountId })).returns<readonly view.Check[]>(),
  'accounts.sync': call(z.object({ account: AccountId.optional() })).returns<null>(),
  'login.start': call(
    z.object({ channel: z.string(), flow: z.string().optional(), account: AccountId.optional() }),
  ).returns<view.LoginView>(),
  'login.answer': call(
    z.object({ login: z.string(), answers: z.record(z.string(), z.string().max(1_000_000)) }),
  ).returns<view.LoginView>(),
  'login.cancel': call(z.object({ login: z.string() })).returns<null>(),
};
const reading = {
  'inbox.page': call(ListQuery).returns<view.ConversationPage>(),
  /** How many conversations a filter lets through. */
  'inbox.total': call(ListFilter).returns<{ total: number }>(),
  /** How many of them are newer than a time: where, newest first, the first one of that time or before stands. */
  'inbox.newer': call(ListFilter.extend({ than: Time })).returns<{ count: number }>(),
  'inbox.counts': call(none).returns<view.Counts>(),
  'labels.list': call(z.object({ account: AccountId.optional() })).returns<readonly view.LabelView[]>(),
  'conversation.get': call(z.object({ conversation: ConversationId })).returns<view.ConversationView | null>(),
  /**
   * Around a message, or around the first one not before a time, or from a cursor, or the newest when none is given.
   * Messages oldest first.
   */
  'conversation.page': call(
    z.object({
      conversation: ConversationId,
      around: MessageId.optional(),
      at: Time.optional(),
      cursor: z.string().optional(),
      limit,
    }),
  ).returns<view.MessagePage>(),
  /** The thread a message begins or answers in: what it began with, and the newest replies, or those before one. */
  'conversation.thread': call(
    z.object({ message: MessageId, before: MessageId.optional(), limit }),
  ).returns<view.ThreadPage | null>(),
  /** What is kept at hand, the newest first. */
  'conversation.pins': call(z.object({ conversation: ConversationId })).returns<readonly view.MessageView[]>(),
  'message.get': call(z.object({ message: MessageId })).returns<view.MessageView | null>(),
  'message.source': call(z.object({ message: MessageId })).returns<{ text: string; truncated: boolean } | null>(),
  'message.versions': call(z.object({ message: MessageId })).returns<
    readonly { at: number; parts: readonly Part[] }[]
  >(),
  'people.find': call(z.object({ text: z.string().max(200), limit })).returns<readonly view.PersonView[]>(),
  /** Whom one can write to over which account, by any part of a name or address; those heard of last first. */
  'people.reach': call(z.object({ text: z.string().max(200), account: AccountId.optional(), limit })).returns<
    readonly view.ReachView[]
  >(),
  'people.get': call(z.object({ person: PersonId })).returns<view.PersonView | null>(),
  /** What the person noted about someone, for their own eyes; empty takes it away. */
  'people.note': call(z.object({ person: PersonId, text: z.string().max(100_000) })).returns<null>(),
  'people.page': call(PeopleQuery).returns<view.PeoplePage>(),
  /** Two are one from now on; what is set for either goes with them. */
  'people.merge': call(z.object({ into: PersonId, from: PersonId })).returns<null>(),
  /** Undoes a merge: these identities become a person of their own, whose id is answered. */
  'people.split': call(z.object({ identities: z.array(IdentityId).min(1).max(1000) })).returns<{ person: PersonId }>(),
  'files.page': call(FilesQuery).returns<view.FilesPage>(),
  'search.query': call(SearchQuery).returns<view.SearchResult>(),
  /** Has the networks that are online search what they never gave; what they find is here once this answers. */
  'search.elsewhere': call(
    z.object({ text: z.string().max(1000), account: AccountId.optional() }),
  ).returns<view.SearchedElsewhere>(),
};
const actions = {
  'act.flag': call(Selection.extend({ read: z.boolean().optional(), starred: z.boolean().optional() })).returns<null>(),
  /** Put away (or back). Mail moves to the archive folder; elsewhere the network's own archive, or ours. */
  'act.archive': call(Selection.extend({ on: z.boolean() })).returns<null>(),
  /** Into the folder of a role or a named label; `remove` alone takes a label off. */
  'act.move': call(
    Selection.extend({
      role: LabelRole.optional(),
      add: z.array(LabelId).optional(),
      remove: z.array(LabelId).optional(),
    }),
  ).returns<null>(),
  'act.remove': call(Selection.extend({ scope: z.enum(['me', 'everyone']) })).returns<null>(),
  'act.snooze': call(
    z.object({ conversations: z.array(ConversationId).max(10_000), until: Time.nullable() }),
  ).returns<null>(),
  'act.mute': call(z.object({ conversations: z.array(ConversationId).max(10_000), on: z.boolean() })).returns<null>(),
  'act.pin': call(z.object({ conversations: z.array(ConversationId).max(10_000), on: z.boolean() })).returns<null>(),
  /** Keeps a message at hand for everybody in the conversation, or no longer. */
  'act.pinMessage': call(z.object({ message: MessageId, on: z.boolean() })).returns<null>(),
  'act.react': call(z.object({ message: MessageId, emoji: z.string().max(256), on: z.boolean() })).returns<null>(),
  'act.edit': call(
    z.object({ message: MessageId, text: z.string().max(5_000_000), format: z.enum(['plain', 'markdown', 'html']) }),
  ).returns<null>(),
  'act.focus': call(z.object({ conversation: ConversationId.nullable() })).returns<null>(),
  /** Presses a button under a message, or answers its poll. Goes at once or not at all; `notice` is what came back in words. */
  'act.press': call(
    z.union([
      z.object({ message: MessageId, button: z.string().max(2048) }),
      z.object({ message: MessageId, options: z.array(z.string().max(2048)).max(100) }),
    ]),
  ).returns<{ readonly notice: string | null }>(),
  'act.typing': call(z.object({ conversation: ConversationId, on: z.boolean() })).returns<null>(),
  /**
   * An action over conversations by name, or over all that a filter lets through at this moment (less `except`). A few are
   * done when this answers; of many the first, and `triage` events tell how the rest goes.
   */
  'triage.start': call(
    z.object({
      conversations: z.array(ConversationId).max(10_000).optional(),
      matching: ListFilter.optional(),
      except: z.array(ConversationId).max(10_000).optional(),
      action: TriageAction,
    }),
  ).returns<view.TriageView>(),
  'triage.cancel': call(z.object({ triage: z.string() })).returns<null>(),
  /** Puts everything it touched back to what it was. Known until the hub ends, for the last hundred. */
  'triage.undo': call(z.object({ triage: z.string() })).returns<view.TriageView>(),
  /** A folder or label of that name, made on the network; the account must be online. */
  'labels.create': call(z.object({ account: AccountId, name: z.string().trim().min(1).max(200) })).returns<{
    label: LabelId;
  }>(),
};
const composing = {
  /** Starting point of a reply, reply to all, forward or new message: recipients, subject, quoted text. */
  'compose.start': call(
    z.object({
      kind: z.enum(['new', 'reply', 'reply-all', 'forward']),
      message: MessageId.optional(),
      conversation: ConversationId.optional(),
      account: AccountId.optional(),
      to: z.string().max(10_000).optional(),
    }),
  ).returns<Composition & { readonly quoted: { readonly text: string; readonly html: string } | null }>(),
  /**
   * A conversation with these people on the network of an account: the one there is, or a new one. With a title it is a
   * new group. The account must be online.
   */
  'conversation.create': call(
    z.object({
      account: AccountId,
      title: z.string().trim().max(200).default(''),
      members: z.array(UserKey).min(1).max(200),
    }),
  ).returns<{ conversation: ConversationId }>(),
  'compose.send': call(
    Composition.extend({ notBefore: Time.optional(), draft: DraftId.optional(), archive: z.boolean().default(false) }),
  ).returns<{ outbox: OutboxId; conversation: ConversationId; message: MessageId; undoUntil: number }>(),
  /** How the parts will be changed to fit, before sending. */
  'compose.check': call(Composition).returns<{
    readonly problems: readonly {
      readonly level: 'converted' | 'dropped' | 'rejected';
      readonly what: string;
      readonly why: string;
    }[];
  }>(),
  /** Bytes as base64 (from a drop or a paste), kept encrypted until sent. At most 150 MB. */
  'compose.upload': call(
    z.object({ name: z.string().max(1024), mime: z.string().max(255), base64: z.string().max(210_000_000) }),
  ).returns<{ ref: BlobRef; bytes: number }>(),
  'drafts.list': call(z.object({ limit })).returns<readonly view.DraftView[]>(),
  'drafts.get': call(
    z.object({
      conversation: ConversationId.nullable(),
      draft: DraftId.optional(),
      /** The one that is written into this thread; else the one that is written into none. */
      thread: MessageId.optional(),
    }),
  ).returns<view.DraftView | null>(),
  'drafts.remote': call(z.object({ limit })).returns<readonly view.RemoteDraft[]>(),
  /**
   * Goes on here with a draft of the network: the one named, or the newest of a conversation; null when there is none.
   * Its files are fetched first, which may fail while offline.
   */
  'drafts.take': call(
    z.object({ message: MessageId }).or(z.object({ conversation: ConversationId })),
  ).returns<view.DraftView | null>(),
  'drafts.save': call(Composition.extend({ draft: DraftId.optional() })).returns<{ draft: DraftId }>(),
  'drafts.discard': call(z.object({ draft: DraftId })).returns<null>(),
  'outbox.list': call(none).returns<readonly view.OutboxView[]>(),
  /** Undo send: works until the first byte leaves; answers whether it did, with the draft brought back. */
  'outbox.cancel': call(z.object({ outbox: OutboxId })).returns<{ cancelled: boolean; draft: DraftId | null }>(),
  'outbox.retry': call(z.object({ outbox: OutboxId })).returns<null>(),
  /** The person settles an unknown outcome: it was sent after all. */
  'outbox.settle': call(z.object({ outbox: OutboxId, as: z.enum(['sent', 'failed']) })).returns<null>(),
};
const archives = {
  'import.start': call(z.object({ path: z.string().min(1).max(4096), label: z.string().max(200).optional() })).returns<{
    import: ImportId;
  }>(),
  'import.list': call(none).returns<readonly view.ImportView[]>(),
  'import.cancel': call(z.object({ import: ImportId })).returns<null>(),
  'import.resume': call(z.object({ import: ImportId })).returns<null>(),
  'export.start': call(
    z.object({
      path: z.string().min(1).max(4096),
      format: z.enum(['mbox', 'jsonl']),
      account: AccountId.optional(),
      conversation: ConversationId.optional(),
    }),
  ).returns<{ messages: number; skipped: readonly { message: MessageId; reason: string }[] }>(),
};
const notices = {
  /** What the person was to be told of and has neither read nor put away, by conversation, the newest first. */
  'notifications.list': call(z.object({ limit })).returns<view.NotificationsView>(),
  /** Puts notices away; the messages stay unread. Neither named: all of them. */
  'notifications.clear': call(
    z.object({
      conversations: z.array(ConversationId).max(10_000).optional(),
      messages: z.array(MessageId).max(10_000).optional(),
    }),
  ).returns<null>(),
};
const privacy = {
  /** Every host this computer was connected to and why, the last contacted first. */
  'privacy.hosts': call(none).returns<readonly view.HostContact[]>(),
  'privacy.forget': call(none).returns<null>(),
  /** The window tells which hosts remote pictures came from: it fetches them itself. */
  'privacy.pictures': call(
    z.object({ hosts: z.array(z.string().min(1).max(255)).max(1000), sender: z.string().max(2048) }),
  ).returns<null>(),
  /** The shell tells whom it connected to by itself. */
  'privacy.contact': call(
    z.object({
      host: z.string().min(1).max(255),
      port: z.number().int().min(0).max(65_535),
      why: z.enum(['update', 'other']),
      who: z.string().max(2048),
    }),
  ).returns<null>(),
};
const attachments = {
  /** Fetches it if need be; then the host serves it at its own attachment address. */
  'attachment.fetch': call(z.object({ attachment: AttachmentId })).returns<view.AttachmentView>(),
  'attachment.save': call(z.object({ attachment: AttachmentId, path: z.string().min(1).max(4096) })).returns<{
    path: string;
  }>(),
};

/**
 * What stands around the window, answered by a host that has one. Elsewhere each is refused with `not-here`, and the
 * window does not offer it.
 */
export const shellContract = {
  /** What the system asked for before the window listened; given once. */
  'shell.opened': call(none).returns<readonly Events['open'][]>(),
  /** Asks the person where a file is to go; null when they would rather not. */
  'shell.saveAs': call(z.object({ name: z.string().max(1024) })).returns<{ path: string | null }>(),
  /** A whole conversation as PDF where the person says; without one, what the window shows. */
  'shell.pdf': call(z.object({ name: z.string().max(1024), conversation: ConversationId.optional() })).returns<{
    path: string | null;
  }>(),
  /** A whole conversation to a printer, which the system asks for. */
  'shell.print': call(z.object({ conversation: ConversationId })).returns<null>(),
  /** Said by a page that is to be printed: all of it is drawn, or why it cannot be. */
  'shell.drawn': call(z.object({ problem: z.string().max(10_000).nullable() })).returns<null>(),
  'shell.zoom': call(z.object({ to: z.enum(['in', 'out', 'reset']) })).returns<{ percent: number }>(),
  /** A conversation in a window of its own. */
  'shell.window': call(z.object({ conversation: ConversationId })).returns<null>(),
  /** The system's menus, tray and badge, in the person's words; sent again whenever any of it changes. */
  'shell.frame': call(
    z.object({
      unread: z.number().int().nonnegative(),
      /** Whether the person is told of new messages. */
      notices: z.boolean(),
      words: z.record(z.enum(shellWords), z.string().max(200)),
      menus: z
        .array(
          z.object({
            title: z.string().max(200),
            items: z
              .array(
                z.object({
                  command: z.string().max(100),
                  title: z.string().max(200),
                  keys: z.string().max(50).nullable(),
                }),
              )
              .max(200),
          }),
        )
        .max(20),
    }),
  ).returns<null>(),
  'shell.preferences': call(none).returns<view.ShellPreferences>(),
  /** Changes what is named. Refused with a reason, and nothing changed, when the system will not have it. */
  'shell.prefer': call(ShellPatch).returns<view.ShellPreferences>(),
  /**
   * Looks for a new version where the preferences say. Refused with `update-none` (nowhere), `update-away` (nobody
   * answered), `update-missing` (nothing there) or `update-bad` (something else is there).
   */
  'shell.update': call(none).returns<view.UpdateView>(),
} as const;

export const contract = {
  ...app,
  ...accounts,
  ...reading,
  ...actions,
  ...composing,
  ...archives,
  ...attachments,
  ...notices,
  ...privacy,
  ...shellContract,
} as const;

/** What a change touched, so that views refetch just what they show. */
export type Topic =
  | {
      readonly on:
        | 'accounts'
        | 'labels'
        | 'counts'
        | 'settings'
        | 'outbox'
        | 'drafts'
        | 'imports'
        | 'people'
        | 'notifications';
    }
  | { readonly on: 'conversations' /** Undefined: many, or any. */; readonly ids?: readonly ConversationId[] };
export interface Events {
  changed: { readonly seq: number; readonly topics: readonly Topic[] };
  typing: { readonly conversation: ConversationId; readonly name: string; readonly until: number };
  presence: view.PresenceView;
  login: view.LoginView;
  /** What a login is about between two steps, in words: of servers looked up, of one signed in to. */
  'login-progress': { readonly login: string; readonly doing: string };
  import: view.ImportView;
  triage: view.TriageView;
  notify: {
    readonly title: string;
    readonly body: string;
    readonly conversation: ConversationId;
    readonly message: MessageId;
  };
  /** Notices already given are about nothing any more: read here or elsewhere, put away, removed. */
  unnotify: { readonly messages: readonly MessageId[] };
  /** `turned-away`: it answers, but was started anew and no longer knows this page. */
  hub: { readonly is: 'up' | 'down' | 'turned-away' };
  /** The system asks for something to be shown: a `mailto:` or `carillon:` address, a notification that was clicked. */
  open:
    | { readonly is: 'link'; readonly url: string }
    | { readonly is: 'conversation'; readonly conversation: ConversationId; readonly message: MessageId }
    /** A file of mail that was opened: it is read in. */
    | { readonly is: 'archive'; readonly path: string }
    /** An entry of the system's menu, by the id of its command. */
    | { readonly is: 'command'; readonly command: string };
}

export type CallName = keyof typeof contract;
/** What a caller passes; defaults may be left out. */
export type Input<M extends CallName> = z.input<(typeof contract)[M]['input']>;
/** What a handler receives, defaults filled in. */
export type Parsed<M extends CallName> = z.output<(typeof contract)[M]['input']>;
export type Output<M extends CallName> = Exclude<(typeof contract)[M]['output'], undefined>;
export interface Caller {
  readonly window: string;
}
export type Handlers<M extends CallName = CallName> = {
  readonly [K in M]: (input: Parsed<K>, caller: Caller) => Promise<Output<K>>;
};

export interface ErrorView {
  /** A short stable word: invalid-input, not-found, refused, internal ... */
  readonly code: string;
  /** For the person: what happened, what was kept, what to do. */
  readonly message: string;
  readonly retryable: boolean;
}
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorView };
/** Preload bridge, loopback WebSocket, or in memory for tests. */
export interface Transport {
  call(name: string, input: unknown): Promise<Reply<unknown>>;
  on(listener: (event: string, payload: unknown) => void): () => void;
  /** Where the host serves an attachment's bytes to this window. */
  attachmentUrl(attachment: AttachmentId): string;
}
