import type { ConversationId, IdentityId } from '../../../src-shared/model/index.ts';
import { insertion } from '../connection/insertion.ts';
import type { Sql } from '../connection/sql.ts';
import type { Conversation, Work } from './work.ts';

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
export function addParticipant(
  work: Work,
  conversation: Conversation,
  who: { id: IdentityId; key: string; me: boolean },
): void {
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
  if (conversation.added) work.sql.later(newParticipant, id, who.id);
  else {
    const added = work.sql.run('INSERT OR IGNORE INTO participants (conversation, identity) VALUES (?, ?)', id, who.id);
    if (added === 0) return;
  }
  conversation.row.people_count += 1;
  conversation.added?.people.push(who);
  conversation.joined.push(who.id);
}
