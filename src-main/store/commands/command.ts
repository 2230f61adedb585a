import type { CommandName, Commands } from '../api.ts';
import type { Sql } from '../connection/sql.ts';
import { flushIdentities } from '../ingest/identities.ts';
import { flushIndex } from '../ingest/indexing.ts';
import { flushConversations } from '../ingest/summary.ts';
import { Work } from '../ingest/work.ts';

/** What a command answers, but for the topics, which its work knows. */
export type Answer<K extends CommandName> = Omit<Commands[K]['output'], 'topics'>;
/** A command's work. What can only be said once everything is summed up is said by the function it may return. */
export type Handler<K extends CommandName> = (work: Work, input: Commands[K]['input']) => Answer<K> | (() => Answer<K>);
export type Handlers<K extends CommandName> = { readonly [N in K]: Handler<N> };

/** Writes what the work has gathered: index rows, conversations and their lists. */
export function flush(work: Work): void {
  flushIdentities(work);
  flushConversations(work);
  flushIndex(work);
}

/** Runs a command as one transaction: all of it or, when it throws, nothing. */
export function runCommand<K extends CommandName>(
  sql: Sql,
  now: number,
  handler: Handler<K>,
  input: Commands[K]['input'],
): Answer<K> & Pick<Commands[K]['output'], 'topics'> {
  return sql.transaction(() => {
    const work = new Work(sql, now);
    const result = handler(work, input);
    flush(work);
    const answer = typeof result === 'function' ? result() : result;
    return { ...answer, topics: work.topics() };
  });
}
