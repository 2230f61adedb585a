import type { Clause, Query, TextClause } from '../../../src-shared/search/index.ts';
import { fold } from '../../../src-shared/text/fold.ts';
import type { Sql, Value } from '../connection/sql.ts';
import { firstIdAt } from '../ingest/message-id.ts';
import { states } from '../model.ts';
import { type Alternatives, conjunction, phrase, textExpression, together, type Wanted } from './expression.ts';
import { bindings, flagFilter, type RowFilter, sizeFilter, viewFilter } from './filters.ts';
import { tag } from './tags.ts';

/** Where each part of a question is answered: words and tags by the index, time by the range of ids, the rest by rows. */
export interface Plan {
  /** FTS5 expression; null when every message matches and the index is not needed. */
  readonly match: string | null;
  /** Ids from `first` (inclusive) to `last` (inclusive). A message's id begins with its time. */
  readonly first: number;
  readonly last: number;
  readonly filter: RowFilter;
  /** What is asked of the rows besides being shown and neither spam nor trash. */
  readonly selective: readonly RowFilter[];
  /** What the expression says that the rows can tell as well: true of all it finds, and cheaper asked of one row. */
  readonly implied: RowFilter;
  /** Text asked for, to mark in snippets and to rank by. */
  readonly texts: readonly TextClause[];
}
export interface PlanInput {
  readonly query: Query;
  readonly account?: number | undefined;
  readonly channel?: string | undefined;
  readonly conversation?: number | undefined;
}

interface Account {
  readonly id: number;
  readonly channel: string;
  readonly key: string;
  readonly label: string;
  readonly identities: string;
  readonly to_me: number;
}

/** How many messages a text finds, roughly: 0 when nobody knows. */
export type Frequency = (clause: TextClause) => number;

/** Null when nothing can match: a channel, account or label nobody has. */
export function createPlan(
  sql: Sql,
  input: PlanInput,
  alternatives: Alternatives = new Map(),
  frequency: Frequency = () => 0,
): Plan | null {
  const draft = new Draft(sql, alternatives, frequency);
  const { account, channel } = input;
  if (account !== undefined && !draft.ofAccounts((one) => one.id === account, false)) return null;
  if (channel !== undefined && !draft.ofAccounts((one) => one.channel === channel, false)) return null;
  if (input.conversation !== undefined)
    draft.rows.push({ sql: 'm.conversation = ?', values: [input.conversation], candidates: 'conversation' });
  for (const clause of input.query.clauses) if (!draft.add(clause)) return null;
  return draft.isEmpty() ? null : draft.plan();
}

/** How many messages have a tag is not known, and often it is a great part of them. */
const everywhere = Number.POSITIVE_INFINITY;

class Draft {
  readonly #all: Wanted[] = [];
  readonly rows: RowFilter[] = [];
  readonly #implied: RowFilter[] = [{ sql: 'TRUE', values: [] }];
  readonly #sql: Sql;
  readonly #alternatives: Alternatives;
  readonly #frequency: Frequency;
  readonly #not: string[] = [];
  readonly #texts: TextClause[] = [];
  #first = 0;
  #last = Number.MAX_SAFE_INTEGER;
  /** Spam and trash are left out unless the question names a place. */
  #everywhere = false;
  /** Accounts it is restricted to; undefined while it is not. */
  #among: readonly Account[] | undefined;
  #toMe = false;

  constructor(sql: Sql, alternatives: Alternatives, frequency: Frequency) {
    this.#sql = sql;
    this.#alternatives = alternatives;
    this.#frequency = frequency;
  }

  plan(): Plan {
    const hidden = this.#everywhere ? '' : ` AND m.state & ${states.spam | states.trash} = 0`;
    const base: RowFilter = {
      sql: `m.state & ${states.shown | states.removed} = ${states.shown}${hidden}`,
      values: [],
    };
    // FTS5 knows no "everything but": everything is what any account has.
    if (this.#all.length === 0 && this.#not.length > 0) this.ofAccounts(() => true, false);
    return {
      match: this.#all.length > 0 ? conjunction(together(this.#all), this.#not) : null,
      first: this.#first,
      last: this.#last,
      filter: bindings([base, ...this.rows]),
      selective: this.rows,
      implied: bindings(this.#implied),
      texts: this.#texts,
    };
  }

  /** Whether nothing can match: each clause finds something, and all of them never do. */
  isEmpty(): boolean {
    if (!this.#among) return false;
    return this.#among.every(({ to_me }) => this.#toMe && to_me === 0);
  }

  /** False when the clause can never hold. */
  add(clause: Clause): boolean {
    const { negated } = clause;
    switch (clause.is) {
      case 'text':
        if (!negated) this.#texts.push(clause);
        this.index(textExpression(clause, this.#alternatives.get(clause)), negated, this.#frequency(clause));
        return true;
      case 'has':
        this.index(phrase([tag.has(clause.what)]), negated);
        if (clause.what === 'attachment' && !negated)
          this.#implied.push({ sql: `m.state & ${states.files}`, values: [] });
        return true;
      case 'channel':
        return this.ofAccounts(({ channel }) => fold(channel).includes(clause.name), negated);
      case 'account':
        return this.ofAccounts(
          ({ key, label, identities }) => fold(`${key} ${label} ${identities}`).includes(clause.name),
          negated,
        );
      case 'mine':
        this.index(phrase([clause.side === 'from' ? tag.fromMe : tag.toMe]), negated);
        if (clause.side === 'to' && !negated) this.#toMe = true;
        if (clause.side === 'from' && !negated) this.#implied.push({ sql: `m.state & ${states.mine}`, values: [] });
        return true;
      case 'time':
        this.#time(clause.from, clause.until, negated);
        return true;
      case 'view':
        this.#everywhere ||= !negated && ['spam', 'trash', 'anywhere'].includes(clause.view);
        this.#row(viewFilter(clause.view), negated);
        return true;
      case 'flag':
        this.#row(flagFilter(clause.flag), negated);
        return true;
      case 'kind':
        this.#row({ sql: 'c.kind = ?', values: [clause.kind] }, negated);
        return true;
      case 'size':
        if (!negated && clause.least !== null) this.index(phrase([tag.has('attachment')]), false);
        this.#row(sizeFilter(clause.least, clause.most), negated);
        return true;
      case 'label':
        return this.#label(clause.name, negated);
    }
  }

  index(expression: string, negated: boolean, docs = everywhere): void {
    if (negated) this.#not.push(expression);
    else this.#all.push({ expression, docs });
  }
  /** False when there is no such account and one is asked for. */
  ofAccounts(such: (account: Account) => boolean, negated: boolean): boolean {
    const accounts = this.#accounts().filter(such);
    const ids = accounts.map(({ id }) => id);
    if (ids.length > 0) this.index(`(${ids.map((id) => phrase([tag.account(id)])).join(' OR ')})`, negated);
    if (!negated) this.#among = this.#among?.filter(({ id }) => ids.includes(id)) ?? accounts;
    if (!negated) this.#implied.push({ sql: `m.account IN (${ids.map(() => '?').join(', ')})`, values: ids });
    return negated || ids.length > 0;
  }
  #row(filter: RowFilter | null, negated: boolean): void {
    if (!filter) return;
    this.rows.push(negated ? { sql: `NOT (${filter.sql})`, values: filter.values } : filter);
  }
  #time(from: number | null, until: number | null, negated: boolean): void {
    if (negated && from !== null && until !== null) {
      const ids = [firstIdAt(from), firstIdAt(until)];
      this.rows.push({ sql: '(m.id < ? OR m.id >= ?)', values: ids });
      return;
    }
    const [first, end] = negated ? [until, from] : [from, until];
    if (first !== null) this.#first = Math.max(this.#first, firstIdAt(first));
    if (end !== null) this.#last = Math.min(this.#last, firstIdAt(end) - 1);
  }
  #label(name: string, negated: boolean): boolean {
    const found = this.#sql
      .all<{ id: number; name: string; role: string | null }>('SELECT id, name, role FROM labels WHERE gone = 0')
      .filter((label) => fold(label.name) === name || label.role === name || fold(label.name).endsWith(`/${name}`));
    if (found.length === 0) return negated;
    this.#everywhere ||= !negated && found.some(({ role }) => role === 'spam' || role === 'trash');
    const ids: Value[] = found.map(({ id }) => id);
    const marks = ids.map(() => '?').join(', ');
    const placed = `EXISTS (SELECT 1 FROM placements p WHERE p.message = m.id AND p.live = 1 AND p.label IN (${marks}))`;
    this.#row({ sql: placed, values: ids, candidates: 'label' }, negated);
    return true;
  }
  #accounts(): readonly Account[] {
    return this.#sql.all<Account>('SELECT id, channel, key, label, identities, to_me FROM accounts');
  }
}
