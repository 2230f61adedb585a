import type { ConversationId, IdentityId } from '../../../src-shared/model/index.ts';
import { insertion } from '../connection/insertion.ts';
import type { Sql } from '../connection/sql.ts';
import type { Conversation, Joining, Work } from './work.ts';

/** Conversation and identity as one number: of either there are fewer than 2^26. */
const pairOf = (conversation: ConversationId, who: IdentityId): number => conversation * 2 ** 26 + who;

const seen = new WeakMap<Work, Set<number>>();
/** Who is known to take part from one batch to the next: the same people write in the same places. */
const known = new WeakMap<Sql, Set<number>>();
/** Some three megabytes. */
const mostKnown = 50_000;
const setOf = <K extends object>(sets: WeakMap<K, Set<number>>, key: K): Set<number> => {
  let set = sets.get(key);
  if (!set) {
    set = new Set();
    sets.set(key, set);
  }
  return set;
};
export const forgetParticipants = (sql: Sql): void => void known.delete(sql);

const newParticipant = insertion('participants', ['conversation', 'identity']);

/** Somebody else takes part: writes, is written to, or is a member. Grows only (SPEC, I-15). */
export function addParticipant(work: Work, conversation: Conversation, who: Joining['who']): void {
  if (who.me || conversation.shown.includes(who.id)) return;
  const { id } = conversation.row;
  const pair = pairOf(id, who.id);
  const pairs = setOf(seen, work);
  if (pairs.has(pair)) return;
  pairs.add(pair);
  const before = setOf(known, work.sql);
  if (before.has(pair)) return;
  if (before.size >= mostKnown) before.clear();
  before.add(pair);
  if (conversation.added) enter(work, conversation, who);
  else work.joining.push({ conversation, who });
}

/** Of those met in conversations that are in the table, who is new there: asked once for all of them. */
export function settleJoining(work: Work): void {
  const { sql, joining } = work;
  if (joining.length === 0) return;
  const there = sql.all<{ conversation: ConversationId; identity: IdentityId }>(
    `SELECT p.conversation, p.identity FROM json_each(?) asked CROSS JOIN participants p
     ON p.conversation = asked.value ->> 0 AND p.identity = asked.value ->> 1`,
    JSON.stringify(joining.map(({ conversation, who }) => [conversation.row.id, who.id])),
  );
  const entered = new Set(there.map(({ conversation, identity }) => pairOf(conversation, identity)));
  for (const { conversation, who } of joining)
    if (!entered.has(pairOf(conversation.row.id, who.id))) enter(work, conversation, who);
  joining.length = 0;
}

function enter(work: Work, conversation: Conversation, who: Joining['who']): void {
  work.sql.later(newParticipant, conversation.row.id, who.id);
  conversation.row.people_count += 1;
  conversation.added?.people.push(who);
  conversation.joined.push(who.id);
}
