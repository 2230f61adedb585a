import type { ConversationId, ConversationKey, ConversationPatch } from '../../../src-shared/model/index.ts';
import { identity } from './identities.ts';
import { compareText } from './position.ts';
import { mergePatch, parseRegisters, type Registers, registersText } from './registers.ts';
import { addParticipant } from './taking-part.ts';
import type { Account, Conversation, Work } from './work.ts';

export function createConversation(work: Work, account: Account, key: string, linked: boolean): Conversation {
  const conversation: Conversation = {
    fresh: true,
    stored: undefined,
    changed: true,
    grown: undefined,
    shown: [],
    joined: [],
    told: { title: null, kind: null },
    added: { messages: [], people: [] },
    labels: new Map(),
    row: {
      id: work.newConversationId(),
      account: account.id,
      key: key as ConversationKey,
      linked: linked ? 1 : 0,
      snoozed_until: null,
      snoozed_at: null,
      woken_at: 0,
      kind: linked ? 'thread' : 'direct',
      title: '',
      parent: null,
      archived: 0,
      archived_at: -1,
      muted: 0,
      pinned: 0,
      messages: 0,
      unread: 0,
      starred: 0,
      files: 0,
      failed: 0,
      inbox: 0,
      sent: 0,
      spam: 0,
      trash: 0,
      draft: 0,
      plain: 0,
      received: 0,
      drafts: 0,
      read_ord: null,
      read_at: null,
      read_key: null,
      last_message: null,
      last_at: 0,
      last_in_at: -1,
      last_from_me: 0,
      preview: '',
      people: '[]',
      people_count: 0,
      in_inbox: 0,
      views: 0,
      sort_at: 0,
    },
  };
  work.conversations.set(conversation.row.id, conversation);
  return conversation;
}

const freshByKey = (work: Work, account: Account, key: string): Conversation | undefined => {
  for (const conversation of work.conversations.values())
    if (conversation.fresh && conversation.row.key === key && conversation.row.account === account.id)
      return conversation;
  return undefined;
};
const keys = new WeakMap<Work, Map<string, ConversationId>>();
const keysOf = (work: Work): Map<string, ConversationId> => {
  let map = keys.get(work);
  if (!map) {
    map = new Map();
    keys.set(work, map);
  }
  return map;
};

/** The conversation a network calls `key`, or, for linked mail, the one that link belongs to; made when it is new. */
export function conversationByKey(work: Work, account: Account, key: string): Conversation {
  const cache = keysOf(work);
  const name = `${account.id}\n${key}`;
  const cached = cache.get(name);
  if (cached !== undefined) return work.conversation(cached);
  const row = work.sql.get<{ id: ConversationId }>(
    `SELECT conversation AS id FROM thread_links WHERE account = ?1 AND link = ?2
     UNION ALL SELECT id FROM conversations WHERE account = ?1 AND key = ?2 LIMIT 1`,
    account.id,
    key,
  );
  const conversation = row
    ? work.conversation(row.id)
    : (freshByKey(work, account, key) ?? createConversation(work, account, key, false));
  cache.set(name, conversation.row.id);
  return conversation;
}

/** Remembered for the transaction; also how a fresh conversation that has no row yet is found again. */
export function rememberLink(work: Work, account: Account, link: string, conversation: Conversation): void {
  keysOf(work).set(`${account.id}\n${link}`, conversation.row.id);
}
/** The same, of a conversation not looked at yet. What is remembered already stays unless this one `counts`. */
export function rememberConversation(
  work: Work,
  account: Account,
  link: string,
  id: ConversationId,
  counts = true,
): void {
  const map = keysOf(work);
  const name = `${account.id}\n${link}`;
  if (counts || !map.has(name)) map.set(name, id);
}
export function rememberedLink(work: Work, account: Account, link: string): Conversation | undefined {
  const id = keysOf(work).get(`${account.id}\n${link}`);
  return id === undefined ? undefined : work.conversation(id);
}

/** A linked conversation is called by the smallest of its links, whichever came first (SPEC, I-6). */
export function lowerKey(conversation: Conversation, link: string): void {
  if (conversation.row.linked === 1 && compareText(link, conversation.row.key) < 0)
    conversation.row.key = link as ConversationKey;
}

export function applyConversation(
  work: Work,
  account: Account,
  key: string,
  patch: ConversationPatch,
  at: number,
): void {
  const conversation = conversationByKey(work, account, key);
  mergeTold(work, conversation, (told) => mergePatch(told, patch, at));
  for (const member of patch.members ?? []) {
    addParticipant(work, conversation, identity(work, account, member, false));
  }
}

/** Changes what was told of a conversation and derives its columns from it. */
export function mergeTold(work: Work, conversation: Conversation, change: (told: Registers) => boolean): void {
  const { id } = conversation.row;
  const text = work.sql.get<{ told: string }>('SELECT told FROM conversation_told WHERE conversation = ?', id)?.told;
  const told = parseRegisters(text);
  if (!change(told)) return;
  work.sql.run(
    'INSERT INTO conversation_told (conversation, told) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET told = ?2',
    id,
    registersText(told),
  );
  const word = (field: string): string | null => {
    const value = told[field]?.[0];
    return typeof value === 'string' ? value : null;
  };
  conversation.told = { title: word('title'), kind: word('kind') };
  deriveTold(work, conversation, told);
}

export function deriveTold(work: Work, conversation: Conversation, told?: Registers): void {
  const { row } = conversation;
  const text = work.sql.get<{ told: string }>(
    'SELECT told FROM conversation_told WHERE conversation = ?',
    row.id,
  )?.told;
  const registers = told ?? parseRegisters(text);
  const mask = (field: string): boolean | undefined => {
    if (!work.masked) return undefined;
    const found = work.sql.get<{ value: string }>(
      'SELECT value FROM masks WHERE conversation = ? AND field = ? ORDER BY outbox DESC LIMIT 1',
      row.id,
      field,
    );
    return found && found.value === 'true';
  };
  const flag = (field: string): number => ((mask(field) ?? registers[field]?.[0] === true) ? 1 : 0);
  row.archived = flag('archived');
  row.archived_at = registers.archived?.[1] ?? -1;
  // While archiving is under way it counts from when it was asked for.
  if (mask('archived') === true) row.archived_at = Math.max(row.archived_at, maskedSince(work, row.id));
  row.muted = flag('muted');
  row.pinned = flag('pinned');
  row.parent = typeof registers.parent?.[0] === 'string' ? registers.parent[0] : null;
  conversation.changed = true;
}
const maskedSince = (work: Work, id: ConversationId): number =>
  work.sql.get<{ at: number | null }>(
    `SELECT max(o.created_at) AS at FROM masks m JOIN outbox o ON o.id = m.outbox
     WHERE m.conversation = ? AND m.field = 'archived'`,
    id,
  )?.at ?? -1;
