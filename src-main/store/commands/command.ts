import type { CommandName, Commands } from '../api.ts';
import type { Sql } from '../connection/sql.ts';
import { flushIdentities, forgetIdentities } from '../ingest/identities.ts';

import { flushIndex } from '../ingest/indexing.ts';
import { flushConversations } from '../ingest/summary.ts';
import { forgetParticipants } from '../ingest/taking-part.ts';
import { Work } from '../ingest/work.ts';

/** What a command answers, but for the topics, which its work knows. */
export type Answer<K extends CommandName> = Omit<Commands[K]['output'], 'topics'>;
/** A command's work. What can only be said once everything is summed up is said by the function it may return. */
export type Handler<K extends CommandName, I = Commands[K]['input']> = (
  work: Work,
  input: I,
) => Answer<K> | (() => Answer<K>);
export type Handlers<K extends CommandName> = { readonly [N in K]: Handler<N> };

/** Writes what the work has gathered: index rows, conversations and their lists. */
export function flush(work: Work): void {
  flushRows(work);
  flushIndex(work);
}
function flushRows(work: Work): void {
  flushIdentities(work);
  flushConversations(work);
}

/** What ingest remembers from one batch to the next. */
function forgetPeople(sql: Sql): void {
  forgetIdentities(sql);
  forgetParticipants(sql);
}

type Output<K extends CommandName> = Answer<K> & Pick<Commands[K]['output'], 'topics'>;

/**
 * Runs a command as one transaction: all of it or, when it throws, nothing. One that `remembers` changes people in no way
 * but ingest's own, so that what is known of them holds for the next.
 */
export function runCommand<K extends CommandName>(
  sql: Sql,
  now: number,
  handler: Handler<K>,
  input: Commands[K]['input'],
  remembers = false,
): Output<K> {
  if (!remembers) forgetPeople(sql);
  let holds = false;
  try {
    const output = sql.transaction(() => {
      const work = new Work(sql, now);
      const answer = perform(work, handler, input);
      flushIndex(work);
      return answer;
    });
    holds = remembers;
    return output;
  } finally {
    if (!holds) forgetPeople(sql);
  }
}

/**
 * Runs commands that wait at the same time in one transaction, in order: one write to the disk for all, and one segment of
 * the index. When one throws, none of it has happened. What is known of people is remembered for the next.
 */
export function runTogether<K extends CommandName, I>(
  sql: Sql,
  handler: Handler<K, I>,
  requests: readonly { readonly now: number; readonly input: I }[],
): Output<K>[] {
  try {
    return sql.transaction(() => {
      let last: Work | undefined;
      const outputs = requests.map(({ now, input }) => {
        last = new Work(sql, now, last);
        return perform(last, handler, input);
      });
      if (last) flushIndex(last);
      return outputs;
    });
  } catch (error) {
    forgetPeople(sql);
    throw error;
  }
}

/** All of a command but the index rows it has gathered. */
function perform<K extends CommandName, I>(work: Work, handler: Handler<K, I>, input: I): Output<K> {
  const result = handler(work, input);
  flushRows(work);
  const answer = typeof result === 'function' ? result() : result;
  return { ...answer, topics: work.topics() };
}
