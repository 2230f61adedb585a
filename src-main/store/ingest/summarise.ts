import type { IdentityId, MessageId } from '../../../src-shared/model/index.ts';
import { states } from '../model.ts';
import type { ConversationRow } from '../schema.ts';
import { comparePositions, compareText } from './position.ts';
import type { AddedMessage, Conversation, Work } from './work.ts';

/** What the messages of a conversation come down to. */
interface Summary {
  readonly last: Pick<AddedMessage, 'id' | 'at' | 'state' | 'preview'> | undefined;
  readonly lastInAt: number;
  readonly subject: string;
  readonly people: readonly IdentityId[];
}
export function summarise(work: Work, conversation: Conversation): void {
  const { row, told, added } = conversation;
  const bit = row.plain > 0 ? states.plain : states.shown;
  const { last, lastInAt, subject, people } = added ? remembered(added, bit) : lookedUp(work, conversation, bit);
  row.last_message = last?.id ?? null;
  row.last_at = last?.at ?? 0;
  row.last_from_me = last && last.state & states.mine ? 1 : 0;
  row.preview = last?.preview ?? '';
  row.last_in_at = lastInAt;
  row.title = told.title || subject;
  row.kind = kindOf(conversation);
  row.people = JSON.stringify(people);
}

const mostShown = 4;
/** Messages looked at for the names of who wrote last. */
const writersLooked = 12;
/** Sorting everyone in a channel of thousands for the sake of four names is not worth it. */
const mostSorted = 50;
const firstOf = (writers: readonly IdentityId[], others: readonly IdentityId[]): IdentityId[] =>
  [...new Set([...writers, ...others])].slice(0, mostShown);

function remembered({ messages, people }: NonNullable<Conversation['added']>, bit: number): Summary {
  const ordered = [...messages].sort(comparePositions);
  const received = ordered.filter((message) => message.state & states.received);
  const writers = received
    .slice(-writersLooked)
    .reverse()
    .flatMap((message) => message.author ?? []);
  const others = people.length <= mostSorted ? [...people].sort((a, b) => compareText(a.key, b.key)) : [];
  return {
    last: ordered.findLast((message) => message.state & bit),
    lastInAt: received.at(-1)?.at ?? -1,
    subject: ordered.find((message) => message.state & bit)?.subject ?? '',
    people:
      people.length === 0
        ? []
        : firstOf(
            writers,
            others.map((who) => who.id),
          ),
  };
}

/** Found in the index alone (messages_order). */
const newestOf = `SELECT id, at, state FROM messages WHERE conversation = ? AND state & ?
  ORDER BY ord DESC, at DESC, key DESC LIMIT 1`;
const oldestOf = `SELECT id FROM messages WHERE conversation = ? AND state & ? ORDER BY ord, at, key LIMIT 1`;
const newestReceived = `SELECT at FROM messages WHERE conversation = ? AND state & ${states.received}
  ORDER BY ord DESC, at DESC, key DESC LIMIT 1`;
const lastWriters = `SELECT author FROM messages WHERE conversation = ? AND state & ${states.received}
  ORDER BY ord DESC, at DESC, key DESC LIMIT ${writersLooked}`;
const byKey = `SELECT i.id FROM participants p JOIN identities i ON i.id = p.identity WHERE p.conversation = ? ORDER BY i.key`;

function lookedUp(work: Work, { row }: Conversation, bit: number): Summary {
  const { sql } = work;
  if (row.messages === 0) return { last: undefined, lastInAt: -1, subject: '', people: peopleOf(work, row) };
  const last = sql.get<Last>(newestOf, row.id, bit);
  const oldest = sql.get<{ id: MessageId }>(oldestOf, row.id, bit);
  return {
    last: last && { ...last, preview: textsOf(work, last.id)?.preview ?? '' },
    lastInAt: lastInAt(work, row, last),
    subject: (oldest && textsOf(work, oldest.id)?.subject) ?? '',
    people: peopleOf(work, row),
  };
}
type Last = Pick<AddedMessage, 'id' | 'at' | 'state'>;
const textsOf = (work: Work, id: MessageId): { subject: string | null; preview: string } | undefined =>
  work.sql.get('SELECT subject, preview FROM messages WHERE id = ?', id);

/** When somebody else last wrote; `last` is the last message of all, where that is known. */
function lastInAt(work: Work, row: Conversation['row'], last: Last | undefined): number {
  if (row.received === 0) return -1;
  const received = last && last.state & states.received ? last : work.sql.get<{ at: number }>(newestReceived, row.id);
  return received?.at ?? -1;
}

/**
 * The same, where messages came and people joined and nothing else happened: what the newcomers do not change stands in
 * the row already. Looking it up would read pages of long ago for every reply.
 */
export function summariseMore(work: Work, conversation: Conversation): void {
  const { row, stored } = conversation;
  const came = conversation.grown?.messages ?? [];
  // The first messages at all, others count than before, or the network's own order decides.
  const anew = !stored || stored.messages === 0 || stored.plain > 0 !== row.plain > 0;
  if (anew || came.some(({ ord }) => ord !== '')) {
    summarise(work, conversation);
    return;
  }
  const bit = row.plain > 0 ? states.plain : states.shown;
  const received = came.filter((message) => message.state & states.received);
  moreMessages(
    work,
    conversation,
    came.filter((message) => message.state & bit),
    bit,
  );
  row.last_in_at = Math.max(row.last_in_at, ...received.map(({ at }) => at));
  row.kind = kindOf(conversation);
  if (conversation.joined.length > 0 || received.length > 0)
    row.people = JSON.stringify(morePeople(conversation, stored, received) ?? peopleOf(work, row));
}

/** Last message and title. A message that stands before the last one there was may be the first. */
function moreMessages({ sql }: Work, { row, told }: Conversation, came: readonly AddedMessage[], bit: number): void {
  const before = row.last_at;
  const newest = [...came].sort(comparePositions).at(-1);
  if (newest && newest.at >= before) {
    const last = newest.at > before ? newest : sql.get<Last>(newestOf, row.id, bit);
    if (last && last.id !== row.last_message) {
      row.last_message = last.id;
      row.last_at = last.at;
      row.last_from_me = last.state & states.mine ? 1 : 0;
      row.preview = came.find(({ id }) => id === last.id)?.preview ?? row.preview;
    }
  }
  if (told.title || !came.some(({ at }) => at <= before)) return;
  const oldest = sql.get<{ id: MessageId }>(oldestOf, row.id, bit)?.id;
  const first = came.find(({ id }) => id === oldest);
  if (first) row.title = first.subject ?? '';
}

/**
 * Whoever wrote now stands before those who were shown. Undefined where the list does not follow from that: somebody
 * joined who did not write, messages came between older ones, or more are there than are looked at.
 */
function morePeople(
  { row, joined, shown }: Conversation,
  stored: ConversationRow,
  received: readonly AddedMessage[],
): readonly IdentityId[] | undefined {
  if (row.people_count === 0) return [];
  const writers = [...received].sort(comparePositions).flatMap(({ author }) => author ?? []);
  if (joined.length === 0 && shown.length === 1 && writers.every((author) => author === shown[0])) return shown;
  const allLooked = row.received <= writersLooked && received.every(({ at }) => at > stored.last_in_at);
  const fewBefore = stored.people_count > 0 && row.people_count <= mostSorted;
  const follows = allLooked && (joined.length === 0 || (fewBefore && joined.every((who) => writers.includes(who))));
  return follows ? firstOf(writers.reverse(), shown) : undefined;
}
const kindOf = ({ row, told }: Conversation): string =>
  told.kind ?? (row.linked === 1 ? 'thread' : row.people_count > 1 ? 'group' : 'direct');

/** The last of the others to write, then those who only take part, by key. */
function peopleOf(work: Work, row: Conversation['row']): IdentityId[] {
  if (row.people_count === 0) return [];
  const writers = work.sql.all<{ author: IdentityId }>(lastWriters, row.id).map(({ author }) => author);
  const enough = new Set(writers).size >= Math.min(mostShown, row.people_count) || row.people_count > mostSorted;
  const others = enough ? [] : work.sql.all<{ id: IdentityId }>(byKey, row.id).map(({ id }) => id);
  return firstOf(writers, others);
}
