/** What the windows see: rows and pages as the reader answers them. Plain JSON. */
import type { ConnectionState, FeatureName, Features, LoginFlow, LoginStep, RiskCard, Standing } from '../channel.ts';
import type {
  AccountId,
  AttachmentId,
  BlobRef,
  ConversationId,
  ConversationKey,
  conversationKinds,
  DraftId,
  Flags,
  IdentityId,
  ImportId,
  LabelId,
  LabelPatch,
  LabelRole,
  Media,
  Mention,
  MessageId,
  MessageKey,
  OutboxId,
  Part,
  PersonId,
  Recipient,
  SendLimits,
  UserKey,
} from '../model/index.ts';

export type ConversationKind = (typeof conversationKinds)[number];

export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly features: Partial<Features>;
  readonly send: SendLimits;
  readonly risk: RiskCard;
  readonly logins: readonly LoginFlow[];
}
export interface AccountView {
  readonly id: AccountId;
  readonly channel: string;
  readonly key: UserKey;
  readonly label: string;
  readonly identities: readonly { key: UserKey; name?: string }[];
  readonly colour: string | null;
  readonly paused: boolean;
  readonly unread: number;
  readonly state: ConnectionState;
  /** Set while nobody connects it: the state is what it was then, Unix ms. */
  readonly asOf?: number;
  /** When delivery was last proven, Unix ms. */
  readonly lastProvenAt: number | null;
  /** The next look, and what is left of the network's allowances; null where the session has nothing to tell of it. */
  readonly standing: Standing | null;
  readonly backfill: { readonly running: boolean; readonly done: number; readonly total: number | null } | null;
}

export const systemViews = [
  'inbox',
  'unread',
  'starred',
  'snoozed',
  'sent',
  'drafts',
  'done',
  'spam',
  'trash',
  'all',
] as const;
export type SystemView = (typeof systemViews)[number];

export interface PersonRef {
  readonly identity: IdentityId;
  readonly person: PersonId | null;
  readonly key: UserKey;
  readonly name: string;
  readonly address: string | null;
  readonly me: boolean;
}
export interface ConversationRow {
  readonly id: ConversationId;
  readonly account: AccountId;
  readonly channel: string;
  readonly kind: ConversationKind;
  /** Title or subject; empty where there is none, then `people` is what to show. */
  readonly title: string;
  readonly parent: string | null;
  /** Others in it, the last to write first, at most four; `peopleCount` is all of them. */
  readonly people: readonly PersonRef[];
  readonly peopleCount: number;
  readonly preview: string;
  readonly lastAt: number;
  readonly lastFromMe: boolean;
  readonly messages: number;
  readonly unread: number;
  readonly starred: boolean;
  readonly muted: boolean;
  readonly pinned: boolean;
  readonly inInbox: boolean;
  readonly snoozedUntil: number | null;
  readonly hasAttachment: boolean;
  readonly hasDraft: boolean;
  readonly hasFailed: boolean;
  readonly labels: readonly LabelId[];
}
export interface ConversationPage {
  readonly rows: readonly ConversationRow[];
  /** Hand it back for the next page; absent at the end. */
  readonly next?: string;
  /** With `back`: the page before; absent at the beginning. */
  readonly previous?: string;
}
export interface ConversationView extends ConversationRow {
  readonly key: ConversationKey;
  readonly topic: string | null;
  readonly members: readonly PersonRef[];
  readonly limits: SendLimits;
  readonly readOnly: string | null;
  readonly features: readonly FeatureName[];
  readonly firstUnread: MessageId | null;
  /** Who is there now, of those the network tells of. */
  readonly presence?: readonly PresenceView[];
}
export type PresenceState = 'online' | 'away' | 'busy' | 'offline';
/** Somebody's presence on the network of one account. */
export interface PresenceView {
  readonly account: AccountId;
  readonly key: UserKey;
  readonly state: PresenceState;
  /** From then on nobody knows any more, Unix ms. */
  readonly until?: number;
}
/** Somebody a message names, and who that is here. */
export interface MentionView {
  readonly key: UserKey;
  /** As it stands in the text, with or without an @ before it. */
  readonly name: string;
  readonly me: boolean;
  readonly person: PersonId | null;
}
/** The thread a message begins or answers in. */
export interface ThreadView {
  /** The message it began with; null while that is not here. */
  readonly root: MessageId | null;
  /** Of that message. */
  readonly author: string;
  readonly snippet: string;
  readonly replies: number;
  readonly unread: number;
  /** Of the last reply, Unix ms; null while there is none. */
  readonly lastAt: number | null;
}
/** What a thread began with, if that is here, and its replies, oldest first. */
export interface ThreadPage {
  readonly root: MessageView | null;
  readonly replies: readonly MessageView[];
  /** There are earlier replies than these. */
  readonly earlier: boolean;
}
/** Somebody one can write to, by one account. */
export interface ReachView extends PersonRef {
  readonly account: AccountId;
  readonly channel: string;
}

export type DeliveryState =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'awaiting-echo'
  | 'delivered'
  | 'read'
  | 'unknown'
  | 'failed'
  | 'cancelled';
export interface Delivery {
  readonly outbox: OutboxId | null;
  readonly state: DeliveryState;
  readonly error: string | null;
  readonly notBefore: number | null;
  readonly retryAt: number | null;
}
export interface AttachmentView {
  readonly id: AttachmentId;
  readonly ref: BlobRef;
  readonly message: MessageId;
  readonly name: string;
  readonly mime: string;
  readonly bytes: number | null;
  readonly inline: boolean;
  readonly contentId: string | null;
  readonly state: 'remote' | 'local' | 'failed';
}
export interface MessageView {
  readonly id: MessageId;
  readonly conversation: ConversationId;
  readonly account: AccountId;
  readonly key: MessageKey;
  readonly author: PersonRef | null;
  readonly fromMe: boolean;
  readonly system: boolean;
  readonly at: number;
  readonly subject: string | null;
  readonly parts: readonly Part[];
  readonly attachments: readonly AttachmentView[];
  readonly recipients: readonly Recipient[];
  readonly replyTo: { readonly id: MessageId; readonly author: string; readonly snippet: string } | null;
  readonly forwardedFrom: string | null;
  readonly reactions: readonly {
    readonly emoji: string;
    readonly count: number;
    readonly mine: boolean;
    readonly by: readonly string[];
  }[];
  readonly flags: Flags;
  readonly labels: readonly LabelId[];
  readonly delivery: Delivery | null;
  readonly readBy: readonly string[];
  readonly edited: { readonly at: number; readonly versions: number } | null;
  readonly removed: boolean;
  readonly hasSource: boolean;
  /** Absent where it is in none. */
  readonly thread?: ThreadView;
  /** Absent where nobody is named. */
  readonly mentions?: readonly MentionView[];
}
export interface MessagePage {
  readonly messages: readonly MessageView[];
  /** Cursors towards the past and the future; absent at that end. */
  readonly older?: string;
  readonly newer?: string;
  /** Scopes of this conversation whose history is still on its way. */
  readonly incomplete: boolean;
}
export interface LabelView {
  readonly id: LabelId;
  readonly account: AccountId;
  readonly name: string;
  readonly kind: NonNullable<LabelPatch['kind']>;
  readonly role: LabelRole | null;
  readonly colour: string | null;
  readonly unread: number;
  readonly conversations: number;
}
export interface Counts {
  /** Unread conversations per view; all of them for what is kept to come back to: `starred`, `snoozed`, `drafts`. */
  readonly views: Readonly<Partial<Record<SystemView, number>>>;
  readonly accounts: readonly { readonly id: AccountId; readonly unread: number }[];
  readonly failed: number;
}
/** How an action over many conversations goes. */
export interface TriageView {
  readonly triage: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'undoing' | 'undone';
  /** Conversations. */
  readonly done: number;
  readonly total: number;
  /** What could not be done, in words, and to how many. */
  readonly problems: readonly { readonly text: string; readonly conversations: number }[];
}
export interface DraftView {
  readonly id: DraftId;
  readonly account: AccountId;
  readonly conversation: ConversationId | null;
  readonly from: UserKey | null;
  readonly recipients: readonly Recipient[];
  readonly subject: string | null;
  readonly text: string;
  readonly format: 'plain' | 'markdown' | 'html';
  readonly attachments: readonly Media[];
  readonly replyTo: MessageId | null;
  readonly forwards: MessageId | null;
  readonly thread?: MessageId | null | undefined;
  readonly mentions?: readonly Mention[] | undefined;
  readonly updatedAt: number;
  /** Its copy on the network was changed or thrown away elsewhere meanwhile: what is there now stands beside it. */
  readonly elsewhere: boolean;
}
/** A draft the network keeps that was not gone on with here yet. */
export interface RemoteDraft {
  readonly message: MessageId;
  readonly account: AccountId;
  readonly conversation: ConversationId;
  readonly recipients: readonly Recipient[];
  readonly subject: string | null;
  readonly preview: string;
  readonly at: number;
}
export interface SearchHit {
  readonly message: MessageId;
  readonly conversation: ConversationId;
  readonly account: AccountId;
  readonly channel: string;
  readonly at: number;
  readonly author: string;
  readonly fromMe: boolean;
  readonly title: string;
  /** Text around the hit; matched words stand between U+E000 and U+E001. */
  readonly snippet: string;
  readonly hasAttachment: boolean;
}
/** What the networks knew besides. */
export interface SearchedElsewhere {
  /** Accounts that were asked. */
  readonly asked: number;
  /** Messages that were not here before. */
  readonly found: number;
  /** Which could not be asked to the end and why, a sentence each. */
  readonly failed: readonly string[];
}
export const markStart = '\uE000';
export const markEnd = '\uE001';
export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** Hand it back for more. Set as well when a long search stopped to answer: the page may then be short, or empty. */
  readonly next?: string;
  /** Words searched instead of ones the index does not know: [typed, taken]. */
  readonly corrected: readonly (readonly [string, string])[];
  /** How the query was read, operators and all, in words the person can check. */
  readonly understood: readonly { readonly field: string; readonly value: string; readonly negated: boolean }[];
  readonly facets?: SearchFacets;
}
export interface SearchFacets {
  readonly channels: readonly { readonly value: string; readonly count: number }[];
  readonly accounts: readonly { readonly value: AccountId; readonly label: string; readonly count: number }[];
  readonly people: readonly { readonly value: UserKey; readonly label: string; readonly count: number }[];
  readonly years: readonly { readonly value: number; readonly count: number }[];
  readonly withAttachment: number;
  /** Facets count the newest this many hits; beyond it they are a lower bound. */
  readonly sampled: number;
}
export interface PersonView {
  readonly id: PersonId;
  readonly name: string;
  readonly identities: readonly PersonRef[];
  readonly conversations: readonly ConversationRow[];
  readonly lastAt: number | null;
  /** What the person noted about them. */
  readonly note: string;
}
/** A line of the list of people. */
export interface PersonRow {
  readonly id: PersonId;
  readonly name: string;
  /** Mail addresses, telephone numbers and names on their networks, the last used first. */
  readonly addresses: readonly string[];
  readonly channels: readonly string[];
  /** When they last wrote, Unix ms. */
  readonly lastAt: number | null;
}
export interface PeoplePage {
  readonly people: readonly PersonRow[];
  readonly next?: string;
}
export const fileKinds = ['image', 'video', 'audio', 'document', 'archive', 'other'] as const;
export type FileKind = (typeof fileKinds)[number];
export interface FileRow extends AttachmentView {
  readonly kind: FileKind;
  readonly conversation: ConversationId;
  readonly account: AccountId;
  readonly at: number;
  /** Who sent it; empty for oneself. */
  readonly author: string;
  readonly fromMe: boolean;
  /** The conversation's title or subject. */
  readonly title: string;
}
export interface FilesPage {
  readonly files: readonly FileRow[];
  readonly next?: string;
}
export interface NotificationGroup {
  readonly conversation: ConversationRow;
  /** The newest few, oldest first. */
  readonly messages: readonly {
    readonly message: MessageId;
    readonly at: number;
    readonly author: string;
    readonly preview: string;
  }[];
  readonly count: number;
  readonly lastAt: number;
}
export interface NotificationsView {
  readonly groups: readonly NotificationGroup[];
  /** All of them, listed or not. */
  readonly conversations: number;
  readonly messages: number;
}
export interface HostContact {
  readonly host: string;
  readonly port: number;
  /** Whose account it was for, or the sender of remote pictures. Empty where it was for neither. */
  readonly who: string;
  readonly why: 'account' | 'login' | 'test' | 'pictures' | 'update' | 'other';
  readonly firstAt: number;
  readonly lastAt: number;
  readonly times: number;
}
/** How the person is told of messages of an account, conversation or person. */
export interface NotifyRule {
  readonly mode: 'on' | 'mentions' | 'off';
  /** Absent: the hours of the next wider rule; `never`: rings at night too. */
  readonly quiet?: QuietHours | 'never' | undefined;
}
/** Minutes after midnight on this computer's clock; `from` later than `to` goes over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}
export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}
/** Words to put in while writing; `{first_name}` and the like are filled in then. */
export interface Template {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}
export interface ImportView {
  readonly id: ImportId;
  readonly path: string;
  readonly account: AccountId;
  readonly state: 'running' | 'paused' | 'done' | 'cancelled' | 'failed';
  readonly messages: number;
  readonly added: number;
  readonly done: number;
  readonly total: number;
  /** Messages a second over the last few seconds. */
  readonly rate: number;
  readonly secondsLeft: number | null;
  readonly damaged: readonly { readonly number: number; readonly reason: string }[];
  readonly damagedCount: number;
  readonly error: string | null;
}
export interface OutboxView {
  readonly id: OutboxId;
  readonly kind: string;
  readonly account: AccountId;
  readonly conversation: ConversationId | null;
  readonly message: MessageId | null;
  readonly title: string;
  readonly delivery: Delivery;
  readonly createdAt: number;
}
export interface LoginView {
  readonly login: string;
  readonly step: LoginStep | null;
  /** Set once it has ended well. */
  readonly account: AccountId | null;
  readonly error: string | null;
}
export interface Stats {
  readonly accounts: number;
  readonly conversations: number;
  readonly messages: number;
  readonly attachments: number;
  readonly people: number;
  readonly outboxWaiting: number;
  readonly databaseBytes: number;
  readonly schemaVersion: number;
}
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}
export interface AppInfo {
  readonly version: string;
  readonly host: 'electron' | 'node';
  readonly platform: string;
  readonly profile: string;
  readonly demo: boolean;
  readonly keyStore: 'keychain' | 'passphrase' | 'file' | 'throw-away';
  /** Standing warnings, e.g. a key file where no keychain is. */
  readonly warnings: readonly string[];
  readonly epoch: string;
  readonly seq: number;
}
export const keyPresets = ['gmail', 'outlook', 'slack', 'vim'] as const;
/** Which keys do what: those of a preset, but for the commands named. */
export interface KeySettings {
  readonly preset: (typeof keyPresets)[number];
  /** By the id of a command; chords as `Ctrl+Shift+Enter`, sequences as `g i`. None: the command has no keys. */
  readonly changed: Readonly<Record<string, readonly string[]>>;
}
/** How wide the panes are, px, and whether the rail stands beside them. */
export interface PaneSettings {
  readonly rail: number;
  readonly list: number;
  readonly details: number;
  readonly railShown: boolean;
}

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'comfortable' | 'compact';
  readonly language: 'system' | 'en' | 'pl';
  readonly undoSendSeconds: number;
  readonly remoteImages: 'ask' | 'always';
  /** Sender addresses whose remote images load. */
  readonly remoteImagesFrom: readonly string[];
  readonly unified: boolean;
  readonly notifications: boolean;
  /** By `account:<id>`, `conversation:<id>` or `person:<id>`; the narrower one counts. */
  readonly notifyRules: Readonly<Record<string, NotifyRule>>;
  readonly quietHours: QuietHours | null;
  readonly savedSearches: readonly SavedSearch[];
  /** Newest first. */
  readonly recentSearches: readonly string[];
  readonly sendReadReceipts: boolean;
  readonly signature: string;
  /** By the address written from, in lower case; the others take `signature`. */
  readonly signatures: Readonly<Record<string, string>>;
  readonly templates: readonly Template[];
  readonly keys: KeySettings;
  readonly panes: PaneSettings;
  /** How often each command was chosen in the palette, by its id. */
  readonly commandUses: Readonly<Record<string, number>>;
}

/** Words of the system's menus and tray that belong to no command. */
export const shellWords = [
  'file',
  'edit',
  'view',
  'window',
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'selectAll',
  'zoomIn',
  'zoomOut',
  'zoomReset',
  'fullScreen',
  'minimize',
  'close',
  'show',
  'quit',
  'unread',
  'reply',
  'learnWord',
  'compose',
  'pauseNotices',
  'newMessage',
] as const;
export type ShellWord = (typeof shellWords)[number];
/** What a notification of the system shows of a message: who and what, who alone, or neither. */
export const noticeTexts = ['all', 'sender', 'nothing'] as const;
/** How the program behaves on this computer. */
export interface ShellPreferences {
  /** Shows and hides the window from anywhere; null: none. */
  readonly hotKey: string | null;
  readonly launchAtLogin: boolean;
  /** Goes on in the tray when its last window is closed. */
  readonly background: boolean;
  readonly noticeText: (typeof noticeTexts)[number];
  readonly spellCheck: boolean;
  /** Where new versions are looked for; null: never. */
  readonly updateFeed: string | null;
}
/** What came of looking for a new version. */
export interface UpdateView {
  readonly running: string;
  /** Newer than what runs; null: there is nothing newer. */
  readonly found: string | null;
  /** It is being fetched, and installed when the program is quit; a program run from its sources is not replaced. */
  readonly installs: boolean;
}
