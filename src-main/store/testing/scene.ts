import type { ConversationRow, MessageView } from '../../../src-shared/ipc/index.ts';
import {
  type AccountId,
  asMessageKey,
  asUserKey,
  type ChannelEvent,
  type ConversationId,
  type IncomingMessage,
  type MessageId,
} from '../../../src-shared/model/index.ts';
import { MemoryStore } from './memory.ts';

/** Minutes after a fixed start, Unix ms. */
export const at = (minutes: number): number => 1_600_000_000_000 + minutes * 60_000;

/** One account and short words for what tests say again and again. */
export class Scene {
  readonly store = new MemoryStore();
  readonly account: AccountId;

  constructor(kind: 'mail' | 'chat') {
    this.store.now = at(1000);
    this.account = this.store.command('account.save', {
      channel: 'test',
      inboxIsLabel: kind === 'mail',
      description: { key: asUserKey('me@example.org'), label: 'Mine', identities: [], config: {} },
    }).account;
    if (kind === 'mail')
      for (const role of ['inbox', 'archive', 'trash', 'spam'] as const)
        this.tell({ type: 'label', key: role as never, patch: { role, kind: 'folder', name: role }, at: at(0) });
  }
  tell(...events: ChannelEvent[]) {
    return this.store.command('ingest', { account: this.account, batch: { origin: 'history', events } });
  }
  live(...events: ChannelEvent[]) {
    return this.store.command('ingest', { account: this.account, batch: { origin: 'live', events } });
  }
  conversations(
    view: 'inbox' | 'all' | 'unread' | 'done' | 'sent' | 'snoozed' | 'trash' | 'spam' = 'all',
  ): readonly ConversationRow[] {
    return this.store.query('list.page', { view, sort: 'newest', limit: 50 }).rows;
  }
  only(view: Parameters<Scene['conversations']>[0] = 'all'): ConversationRow {
    const rows = this.conversations(view);
    const [row] = rows;
    if (!row || rows.length > 1) throw new Error(`${rows.length} conversations in ${view}`);
    return row;
  }
  messages(conversation: ConversationId): readonly MessageView[] {
    return this.store.query('conversation.page', { conversation, limit: 100 }).messages;
  }
  idOf(key: string): MessageId {
    const row = this.store.sql.get<{ id: MessageId }>('SELECT id FROM messages WHERE key = ?', key);
    if (!row) throw new Error(`there is no message ${key}`);
    return row.id;
  }
  keyed(key: string): MessageView {
    const view = this.store.query('message', { message: this.idOf(key) });
    if (!view) throw new Error(`there is no message ${key}`);
    return view;
  }
}

type Told = Partial<Omit<IncomingMessage, 'key' | 'conversation'>> & { readonly conversation?: string };
const said = (key: string, { conversation, ...more }: Told): IncomingMessage => ({
  key: asMessageKey(key),
  from: { is: 'user', key: asUserKey('ada@example.org'), name: 'Ada' },
  at: at(1),
  parts: [{ kind: 'text', format: 'plain', text: `text of ${key}` }],
  ...(conversation !== undefined && { conversation: conversation as never }),
  ...more,
});
/** A mail of Ada's, linked to itself and to `links`, in the inbox. */
export const mail = (key: string, { links = [], ...more }: Told = {}): ChannelEvent => ({
  type: 'message',
  message: said(key, { links: [key, ...links], placements: [{ label: 'inbox' as never, ref: `1:${key}` }], ...more }),
});
/** A message of Ada's in conversation `c1`. */
export const chat = (key: string, more: Told = {}): ChannelEvent => ({
  type: 'message',
  message: said(key, { conversation: 'c1', ...more }),
});
export const key = asMessageKey;
