import { asConversationKey, asLabelKey, asMessageKey, asUserKey } from '../../../../src-shared/ids.ts';
import type { SearchQuery, SearchResult } from '../../../../src-shared/ipc/index.ts';
import type { AccountId, ChannelEvent, IncomingMessage, Part } from '../../../../src-shared/model/index.ts';
import { MemoryStore } from '../../testing/memory.ts';
import { Search } from '../index.ts';

export const now = new Date(2024, 5, 15, 12).getTime();
const day = 86_400_000;

export interface Letter {
  readonly text?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly name?: string;
  readonly to?: readonly string[];
  readonly parts?: readonly Part[];
  readonly label?: string;
  readonly read?: boolean;
  readonly starred?: boolean;
  /** Days before `now`; by default each letter is a day older than the one before. */
  readonly age?: number;
}
/** A mailbox (account 1) and a chat (account 2) in memory, filled through ingest as adapters fill it. */
export class Inbox {
  readonly store = new MemoryStore();
  readonly mail: AccountId;
  readonly chat: AccountId;
  readonly #search: Search;
  #count = 0;

  constructor() {
    const description = (key: string, label: string) => ({
      key: asUserKey(key),
      label,
      identities: [{ key: asUserKey(key), name: 'Robin Vale' }],
      config: {},
    });
    this.mail = this.store.command('account.save', {
      channel: 'email',
      description: description('robin@example.org', 'Home mail'),
      inboxIsLabel: true,
    }).account;
    this.chat = this.store.command('account.save', {
      channel: 'chat',
      description: description('u-robin', 'Team'),
      inboxIsLabel: false,
    }).account;
    this.ingest(
      this.mail,
      ['inbox', 'archive', 'spam', 'trash', 'receipts'].map((name) => ({
        type: 'label',
        key: asLabelKey(name),
        patch: {
          name: name === 'receipts' ? 'Receipts' : name,
          kind: 'folder',
          ...(name === 'receipts' ? {} : { role: name as 'inbox' | 'archive' | 'spam' | 'trash' }),
        },
        at: now - 1000 * day,
      })),
    );
    this.#search = new Search(this.store.sql);
  }

  ingest(account: AccountId, events: readonly ChannelEvent[]): void {
    this.store.command('ingest', { account, batch: { events, origin: 'history' } });
  }
  /** Newest first. */
  letters(letters: readonly Letter[]): void {
    this.ingest(
      this.mail,
      letters.map((letter) => ({ type: 'message', message: this.#letter(letter) })),
    );
  }
  lines(lines: readonly { readonly text: string; readonly from?: string; readonly room?: string }[]): void {
    const events = lines.map(({ text, from = 'ann', room = 'room' }): ChannelEvent => {
      this.#count += 1;
      const message: IncomingMessage = {
        key: asMessageKey(`line-${this.#count}`),
        conversation: asConversationKey(room),
        from: from === 'me' ? { is: 'me' } : { is: 'user', key: asUserKey(from), name: from },
        at: now - this.#count * day,
        parts: [{ kind: 'text', format: 'plain', text }],
      };
      return { type: 'message', message };
    });
    this.ingest(this.chat, events);
  }
  #letter({
    text = '',
    subject,
    from = 'ann@example.com',
    name,
    to = ['robin@example.org'],
    ...rest
  }: Letter): IncomingMessage {
    this.#count += 1;
    const own = `m${this.#count}@example.com`;
    return {
      key: asMessageKey(own),
      links: [own],
      from: from === 'me' ? { is: 'me' } : { is: 'user', key: asUserKey(from), ...(name ? { name } : {}) },
      at: now - (rest.age ?? this.#count) * day,
      ...(subject === undefined ? {} : { subject }),
      recipients: to.map((key) => ({ role: 'to', key: asUserKey(key) })),
      parts: [{ kind: 'text', format: 'plain', text }, ...(rest.parts ?? [])],
      placements: [{ label: asLabelKey(rest.label ?? 'inbox') }],
      flags: { read: rest.read ?? true, starred: rest.starred ?? false },
    };
  }

  search(text: string, more: Partial<SearchQuery> = {}): Promise<SearchResult> {
    return this.#search.query({ text, order: 'newest', facets: false, limit: 50, now, ...more });
  }
  /** Snippets of the hits without marks: which letters were found, in order. */
  async found(text: string, more: Partial<SearchQuery> = {}): Promise<string[]> {
    const { hits } = await this.search(text, more);
    return hits.map(({ snippet }) => snippet.replaceAll(/[\uE000\uE001]/gu, ''));
  }
  close(): void {
    this.store.close();
  }
}
