import type { ChannelEvent, ConversationKey, LabelKey, Recipient, UserKey } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import { parseRegisters, valuesOf } from '../ingest/registers.ts';
import type { MessageRow } from '../schema.ts';

/** What messages refer to (conversations, people, labels), told once a page, before the first message that needs it. */
export class Described {
  readonly #sql: Sql;
  readonly #told = new Set<string>();
  constructor(sql: Sql) {
    this.#sql = sql;
  }

  before(row: MessageRow, recipients: readonly Recipient[]): ChannelEvent[] {
    const users = new Set<UserKey>(recipients.map((recipient) => recipient.key));
    for (const { key } of this.#sql.all<{ key: UserKey }>(
      `SELECT key FROM identities WHERE id = ?1 OR id IN (SELECT who FROM reactions WHERE message = ?2)
         OR id IN (SELECT who FROM receipts WHERE message = ?2)`,
      row.author,
      row.id,
    ))
      users.add(key);
    return [
      ...this.#once(`c${row.conversation}`, () => this.#conversation(row)),
      ...[...users].flatMap((key) => this.#once(`u${row.account} ${key}`, () => this.#user(row, key))),
      ...this.#labels(row),
    ];
  }

  #once(what: string, tell: () => ChannelEvent[]): ChannelEvent[] {
    if (this.#told.has(what)) return [];
    this.#told.add(what);
    return tell();
  }

  #conversation(row: MessageRow): ChannelEvent[] {
    const found = this.#sql.get<{ key: ConversationKey; told: string; linked: number }>(
      'SELECT c.key, t.told FROM conversations c JOIN conversation_told t ON t.conversation = c.id WHERE c.id = ?',
      row.conversation,
    );
    if (!found) return [];
    return byTime(found.told).map(([at, patch]) => ({ type: 'conversation', key: found.key, patch, at }));
  }
  #user(row: MessageRow, key: UserKey): ChannelEvent[] {
    const found = this.#sql.get<{ told: string | null }>(
      'SELECT told FROM identities WHERE account = ? AND key = ?',
      row.account,
      key,
    );
    return byTime(found?.told).map(([at, patch]) => ({ type: 'user', key, patch, at }));
  }
  #labels(row: MessageRow): ChannelEvent[] {
    const labels = this.#sql.all<{ key: LabelKey; told: string | null; ended_at: number }>(
      'SELECT key, told, ended_at FROM labels WHERE id IN (SELECT label FROM placements WHERE message = ?)',
      row.id,
    );
    return labels.flatMap(({ key, told, ended_at }) =>
      this.#once(`l${row.account} ${key}`, () => [
        // That it ended once, though it is there again.
        ...(ended_at < 0 ? [] : [{ type: 'label' as const, key, patch: { exists: false }, at: ended_at }]),
        ...byTime(told).map(([at, patch]) => ({ type: 'label' as const, key, patch, at })),
      ]),
    );
  }
}

/** Registers as patches: what was said at one time, together. */
function byTime(told: string | null | undefined): [at: number, patch: Record<string, unknown>][] {
  const registers = parseRegisters(told);
  const times = [...new Set(Object.values(registers).map(([, at]) => at))].sort((a, b) => a - b);
  return times.map((at) => [
    at,
    valuesOf(Object.fromEntries(Object.entries(registers).filter(([, register]) => register[1] === at))),
  ]);
}
