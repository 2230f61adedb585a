import type { Topic } from '../../../src-shared/ipc/index.ts';
import type {
  AccountId,
  ConversationId,
  IdentityId,
  LabelId,
  MessageId,
  OutboxId,
} from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import type { ConversationRow, LabelRow } from '../schema.ts';
import type { IndexRow } from '../search/index-row.ts';
import type { Position } from './position.ts';

/** What ingest needs to know of an account all the time. */
export interface Account {
  readonly id: AccountId;
  readonly channel: string;
  readonly key: string;
  readonly inboxIsLabel: boolean;
  /** Keys of the person's own addresses there. */
  readonly mine: ReadonlySet<string>;
  /** Whether any message there is known to be to the person by name (search/plan.ts). */
  toMe: boolean;
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** What a new message means to the summary of its conversation. */
export interface AddedMessage extends Position {
  readonly id: MessageId;
  readonly state: number;
  readonly subject: string | null;
  readonly preview: string;
  readonly author: IdentityId | null;
}
/** A conversation being changed: its row, and what is summed up once at the end (summary.ts). */
export interface Conversation {
  readonly row: Mutable<ConversationRow>;
  /** Not in the table yet. */
  fresh: boolean;
  /** Its row as it stands in the table. */
  readonly stored: ConversationRow | undefined;
  /** Its list of messages changed: last message, title and people are looked up anew. */
  changed: boolean;
  /** Messages that came to those in the table. When nothing else changed, only what they change is looked up. */
  grown: { readonly messages: AddedMessage[] } | undefined;
  /** Who takes part for certain: those its row shows. */
  readonly shown: readonly IdentityId[];
  /** Who takes part since. */
  readonly joined: IdentityId[];
  /** Title and kind as told; null where nothing was. */
  told: { readonly title: string | null; readonly kind: string | null };
  /** All its messages and people, while it is new and they are too: then nothing need be looked up. */
  added: { readonly messages: AddedMessage[]; readonly people: { id: IdentityId; key: string }[] } | undefined;
  /** How many shown messages more (or fewer) stand under each label. */
  readonly labels: Map<LabelId, number>;
}

/** Somebody met in a conversation that is in the table already, who may be new there. */
export interface Joining {
  readonly conversation: Conversation;
  readonly who: { readonly id: IdentityId; readonly key: string; readonly me: boolean };
}

/**
 * One transaction under way: what it has read once, what it has touched, and what is to be written at its end.
 * Lives for a single command; nothing of it is kept when the transaction fails.
 */
export class Work {
  readonly sql: Sql;
  /** Unix ms. */
  readonly now: number;
  readonly conversations = new Map<ConversationId, Conversation>();
  /** Loser -> survivor, for those merged within this transaction. */
  readonly merged = new Map<ConversationId, ConversationId>();
  /** Index rows to write; null takes the row away. `fresh` ones were never in the index. */
  readonly index: Map<MessageId, { readonly row: IndexRow | null; readonly fresh: boolean }>;
  /** Messages whose index row is to be made anew from the tables; true where the index has none of them. */
  readonly reindex: Map<MessageId, boolean>;
  readonly settled = new Set<OutboxId>();
  /** Settled before anybody counts the people of a conversation (taking-part.ts). */
  readonly joining: Joining[] = [];
  /** What a batch was asked beforehand (foresight.ts): true of the tables as they were, until used up. */
  readonly foreseen = { noMessage: new Set<string>(), noLink: new Set<string>(), freeIds: new Set<number>() };
  readonly #topics = new Set<Exclude<Topic['on'], 'conversations'>>();
  readonly #accounts = new Map<AccountId, Account>();
  readonly #labels = new Map<AccountId, Map<string, LabelRow>>();
  readonly #labelsById = new Map<LabelId, LabelRow>();
  /** The copy of a draft that has just been saved: what is told of it now nobody else has written. */
  ownCopy: string | undefined;
  /** Label counters to add to: conversations, unread. */
  readonly labelCounts = new Map<LabelId, { conversations: number; unread: number }>();
  readonly #unlinked = new Map<AccountId, boolean>();
  #nextConversation: number | undefined;
  #messageIds: { least: number; most: number } | undefined;
  #masked: boolean | undefined;
  #keepsCopies: boolean | undefined;
  #everyConversation = false;

  /** `before`: the command before this one in the same transaction, whose index rows are written with this one's. */
  constructor(sql: Sql, now: number, before?: Work) {
    this.sql = sql;
    this.now = now;
    this.index = before?.index ?? new Map();
    this.reindex = before?.reindex ?? new Map();
  }

  touch(topic: Exclude<Topic['on'], 'conversations'>): void {
    this.#topics.add(topic);
  }
  /** More conversations than can be named. */
  touchEveryConversation(): void {
    this.#everyConversation = true;
  }
  /** What changed, for the windows. Beyond a few hundred conversations: any. */
  topics(): readonly Topic[] {
    const topics: Topic[] = [...this.#topics].map((on) => ({ on }));
    const ids = [...this.conversations.keys(), ...this.merged.keys()];
    if (this.#everyConversation) return [...topics, { on: 'conversations' }, { on: 'counts' }];
    if (ids.length > 0)
      topics.push(ids.length > 300 ? { on: 'conversations' } : { on: 'conversations', ids }, { on: 'counts' });
    return topics;
  }

  account(id: AccountId): Account {
    let account = this.#accounts.get(id);
    if (!account) {
      const row = this.sql.get<{
        channel: string;
        key: string;
        identities: string;
        inbox_is_label: number;
        to_me: number;
      }>('SELECT channel, key, identities, inbox_is_label, to_me FROM accounts WHERE id = ?', id);
      if (!row) throw new Error(`there is no account ${id}`);
      const identities: { key: string }[] = JSON.parse(row.identities);
      account = {
        id,
        channel: row.channel,
        key: row.key,
        inboxIsLabel: row.inbox_is_label === 1,
        mine: new Set([row.key, ...identities.map((identity) => identity.key)]),
        toMe: row.to_me === 1,
      };
      this.#accounts.set(id, account);
    }
    return account;
  }

  /** The conversation to change; its counters and views are summed up at the end. */
  conversation(id: ConversationId): Conversation {
    const survivor = this.merged.get(id);
    if (survivor !== undefined) return this.conversation(survivor);
    let conversation = this.conversations.get(id);
    if (!conversation) {
      const found = this.sql.get<ConversationRow & { told_title: string | null; told_kind: string | null }>(
        `SELECT c.*, t.told ->> '$.title[0]' AS told_title, t.told ->> '$.kind[0]' AS told_kind
         FROM conversations c LEFT JOIN conversation_told t ON t.conversation = c.id WHERE c.id = ?`,
        id,
      );
      if (!found) throw new Error(`there is no conversation ${id}`);
      conversation = {
        row: found,
        fresh: false,
        stored: { ...found },
        changed: false,
        grown: undefined,
        shown: JSON.parse(found.people),
        joined: [],
        told: { title: found.told_title, kind: found.told_kind },
        added: undefined,
        labels: new Map(),
      };
      this.conversations.set(id, conversation);
    }
    return conversation;
  }
  newConversationId(): ConversationId {
    if (this.#nextConversation === undefined) {
      const last = this.sql.get<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM conversations')?.id ?? 0;
      // What was merged away here is still known by its number, as another.
      this.#nextConversation = Math.max(last, ...this.merged.keys());
    }
    this.#nextConversation += 1;
    return this.#nextConversation as ConversationId;
  }

  /** Whether the table holds a conversation of this account that is not linked: in mail it rarely does. */
  anyUnlinked(account: AccountId): boolean {
    let any = this.#unlinked.get(account);
    if (any === undefined) {
      any = this.sql.get('SELECT 1 FROM conversations WHERE account = ? AND linked = 0 LIMIT 1', account) !== undefined;
      this.#unlinked.set(account, any);
    }
    return any;
  }
  /** The least and greatest id any message has: outside of them every id is free. */
  get messageIds(): { least: number; most: number } {
    this.#messageIds ??= {
      least: this.sql.get<{ id: number | null }>('SELECT min(id) AS id FROM messages')?.id ?? Number.MAX_SAFE_INTEGER,
      most: this.sql.get<{ id: number | null }>('SELECT max(id) AS id FROM messages')?.id ?? -1,
    };
    return this.#messageIds;
  }

  /** Every label of an account by key. */
  labels(account: AccountId): Map<string, LabelRow> {
    let labels = this.#labels.get(account);
    if (!labels) {
      labels = new Map();
      for (const row of this.sql.all<LabelRow>('SELECT * FROM labels WHERE account = ?', account)) {
        labels.set(row.key, row);
        this.#labelsById.set(row.id, row);
      }
      this.#labels.set(account, labels);
    }
    return labels;
  }
  /** Keeps the account's labels as known here in step with a row just written. */
  saveLabel(row: LabelRow): void {
    this.labels(row.account).set(row.key, row);
    this.#labelsById.set(row.id, row);
  }
  label(id: LabelId, account: AccountId): LabelRow {
    this.labels(account);
    const row = this.#labelsById.get(id);
    if (!row) throw new Error(`there is no label ${id}`);
    return row;
  }

  /** Whether any optimistic value stands at all: where none does, nobody need look for one. */
  get masked(): boolean {
    this.#masked ??= this.sql.get('SELECT 1 FROM masks LIMIT 1') !== undefined;
    return this.#masked;
  }
  masksChanged(): void {
    this.#masked = undefined;
  }
  /** Whether any draft has a copy on the network, or had one that is still being dealt with. */
  get keepsCopies(): boolean {
    this.#keepsCopies ??=
      this.sql.get(
        `SELECT 1 FROM drafts WHERE network_key IS NOT NULL
         UNION ALL SELECT 1 FROM outbox WHERE copy_key IS NOT NULL LIMIT 1`,
      ) !== undefined;
    return this.#keepsCopies;
  }
  copiesChanged(): void {
    this.#keepsCopies = undefined;
  }
}
