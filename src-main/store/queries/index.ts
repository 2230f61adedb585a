import type { Queries, QueryName } from '../api.ts';
import type { Sql } from '../connection/sql.ts';
import { type Learn, Search } from '../search/index.ts';
import { accountQueries } from './accounts.ts';
import { checkQueries } from './check.ts';
import { conversationQueries } from './conversation.ts';
import { exportQueries } from './export.ts';
import { fileQueries } from './files.ts';
import { filesPageQueries } from './files-page.ts';
import { hostQueries } from './hosts.ts';
import { labelQueries } from './labels.ts';
import { listQueries } from './list.ts';
import { lookupQueries } from './lookup.ts';
import { messageQueries } from './messages.ts';
import { notificationQueries } from './notifications.ts';
import { outboxQueries } from './outbox.ts';
import { peopleQueries } from './people.ts';
import { peopleByKeyQueries } from './people-by-key.ts';
import { peoplePageQueries } from './people-page.ts';
import { peoplePicturedQueries } from './people-pictured.ts';
import type { Handlers } from './query.ts';
import { targetQueries } from './targets.ts';
import { threadQueries } from './thread-pages.ts';

const handlers: Handlers<Exclude<QueryName, 'search'>> = {
  ...accountQueries,
  ...checkQueries,
  ...conversationQueries,
  ...exportQueries,
  ...fileQueries,
  ...filesPageQueries,
  ...hostQueries,
  ...labelQueries,
  ...listQueries,
  ...lookupQueries,
  ...messageQueries,
  ...notificationQueries,
  ...outboxQueries,
  ...peopleQueries,
  ...peopleByKeyQueries,
  ...peoplePageQueries,
  ...peoplePicturedQueries,
  ...targetQueries,
  ...threadQueries,
};

/** Answers queries by name on one connection. Only searching takes several turns of the thread. */
export class Reader {
  readonly #sql: Sql;
  readonly #search: Search;
  constructor(sql: Sql, learn?: Learn) {
    this.#sql = sql;
    this.#search = new Search(sql, learn);
  }
  async query<K extends QueryName>(name: K, input: Queries[K]['input']): Promise<Queries[K]['output']> {
    if (name === 'search')
      return this.#search.query(input as Queries['search']['input']) as Promise<Queries[K]['output']>;
    return this.answer(name as Exclude<K, 'search'>, input as Queries[Exclude<K, 'search'>]['input']);
  }
  /** The same at once. */
  answer<K extends Exclude<QueryName, 'search'>>(name: K, input: Queries[K]['input']): Queries[K]['output'] {
    return handlers[name](this.#sql, input);
  }
}
