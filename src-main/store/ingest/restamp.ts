import type { AccountId, ConversationId, LabelId, MessageId } from '../../../src-shared/model/index.ts';
import type { LabelRow } from '../schema.ts';
import { mergeTold } from './conversations.ts';
import { relive } from './placements.ts';
import { refresh } from './refresh.ts';
import { parseRegisters, type Registers, registersText } from './registers.ts';
import type { Work } from './work.ts';

/** Clocks of networks differ by less, ms: what is said so little ahead of time was not said by a clock that is wrong. */
const tolerance = 30_000;

/**
 * The clock was put back by `by` ms (less than zero), so what was said at a time still to come was said by so much earlier: done
 * here, or seen on a network by this machine's clock. Else it would win over all the network says until that time (SPEC, O-13).
 * What holds and what does not is decided anew where that may have changed.
 */
export function restamp(work: Work, by: number): void {
  const { sql, now } = work;
  const ahead = now + tolerance;
  const right = (at: number): number => (at > ahead ? Math.min(at + by, now) : at);
  const righted = (column: string): string => `iif(${column} > ?1, min(${column} + ?2, ?3), ${column})`;
  const values = [ahead, by, now] as const;

  sql.run(
    `UPDATE messages SET flags_at = ${righted('flags_at')} WHERE flags_at > ?1 AND flags_times IS NULL`,
    ...values,
  );
  sql.run(
    `UPDATE messages SET flags_times = (SELECT json_group_array(${righted('value')}) FROM json_each(flags_times))
     WHERE flags_at > ?1`,
    ...values,
  );
  sql.run('UPDATE messages SET flags_at = (SELECT max(value) FROM json_each(flags_times)) WHERE flags_at > ?', ahead);
  sql.run(`UPDATE receipts SET at = ${righted('at')} WHERE at > ?1`, ...values);

  const changed = new Set<MessageId>();
  const collect = (rows: readonly { readonly message: MessageId }[]): void => {
    for (const { message } of rows) changed.add(message);
  };
  const spans = `on_at = ${righted('on_at')}, off_at = ${righted('off_at')} WHERE on_at > ?1 OR off_at > ?1`;
  collect(sql.all('SELECT message FROM reactions WHERE on_at > ?1 OR off_at > ?1', ahead));
  sql.run(`UPDATE reactions SET ${spans}`, ...values);
  collect(sql.all('SELECT message FROM reaction_counts WHERE at > ?', ahead));
  sql.run(`UPDATE reaction_counts SET at = ${righted('at')} WHERE at > ?1`, ...values);

  const placed = new Map<LabelId, Set<MessageId>>();
  const doubt = (label: LabelId, rows: readonly { readonly message: MessageId }[]): void => {
    const messages = placed.get(label) ?? new Set();
    placed.set(label, messages);
    for (const { message } of rows) messages.add(message);
  };
  for (const row of sql.all<{ message: MessageId; label: LabelId }>(
    'SELECT message, label FROM placements WHERE on_at > ?1 OR off_at > ?1',
    ahead,
  ))
    doubt(row.label, [row]);
  sql.run(`UPDATE placements SET ${spans}`, ...values);
  for (const row of sql.all<LabelRow>('SELECT * FROM labels')) {
    const told = parseRegisters(row.told);
    const ended = right(row.ended_at);
    if (!rightRegisters(told, right) && ended === row.ended_at) continue;
    sql.run('UPDATE labels SET told = ?, ended_at = ? WHERE id = ?', registersText(told), ended, row.id);
    if (ended !== row.ended_at) doubt(row.id, sql.all('SELECT message FROM placements WHERE label = ?', row.id));
  }
  for (const [id, messages] of placed) {
    const label = sql.get<LabelRow>('SELECT * FROM labels WHERE id = ?', id);
    for (const message of messages) if (label && relive(work, message, label)) changed.add(message);
  }
  for (const id of changed) {
    const message = sql.get<{ account: AccountId }>('SELECT account FROM messages WHERE id = ?', id);
    if (message) refresh(work, work.account(message.account), id);
  }

  const anyAhead = 'EXISTS (SELECT 1 FROM json_each(told) WHERE json_each.value ->> 1 > ?)';
  for (const { conversation } of sql.all<{ conversation: ConversationId }>(
    `SELECT conversation FROM conversation_told WHERE ${anyAhead}`,
    ahead,
  ))
    mergeTold(work, work.conversation(conversation), (told) => rightRegisters(told, right));
  for (const { id, told } of sql.all<{ id: number; told: string }>(
    `SELECT id, told FROM identities WHERE told IS NOT NULL AND ${anyAhead}`,
    ahead,
  )) {
    const registers = parseRegisters(told);
    rightRegisters(registers, right);
    sql.run('UPDATE identities SET told = ? WHERE id = ?', registersText(registers), id);
  }
}

/** In place. Answers whether any was ahead. */
function rightRegisters(registers: Registers, right: (at: number) => number): boolean {
  let changed = false;
  for (const [field, [value, at]] of Object.entries(registers)) {
    if (right(at) === at) continue;
    registers[field] = [value, right(at)];
    changed = true;
  }
  return changed;
}
