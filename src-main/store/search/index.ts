import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { SearchQuery, SearchResult } from '../../../src-shared/ipc/index.ts';
import { parse, type Query, type TextClause } from '../../../src-shared/search/index.ts';
import type { Sql } from '../connection/sql.ts';
import { facetSample, facetsOf } from './facets.ts';
import { hitsOf } from './hits.ts';
import { type Learn, learnHere } from './learn.ts';
import { createPlan, type Plan } from './plan.ts';
import { byRelevance, ranked } from './rank.ts';
import { completions, corrections, isDoubtful } from './spelling.ts';
import { newest, newestByWords, passing, type Sliced } from './stream.ts';
import { Vocabulary } from './vocabulary.ts';

export { type Indexed, type IndexRow, indexRow } from './index-row.ts';
export { type Learn, learnInWorker } from './learn.ts';

/** Slices a question may take before it answers with what it has and a cursor to go on from: under half a second. */
const mostSlices = 30;
/** How long a question waits for the words of the index, ms: long enough for those of a small one. */
const patience = 250;
/** The same when a word of it may be mistyped and so finds nothing as it stands. */
const morePatience = 1500;

interface Reading {
  readonly alternatives: ReadonlyMap<TextClause, readonly string[]>;
  readonly corrected: SearchResult['corrected'];
}

/** Answers `search` on a reading connection. Long questions are answered in slices, so that other queries have their turn. */
export class Search {
  readonly #sql: Sql;
  readonly #vocabulary: Vocabulary;

  /** `learn`: where the words of the index come from; by default they are read on this thread. */
  constructor(sql: Sql, learn: Learn = learnHere(sql)) {
    this.#sql = sql;
    this.#vocabulary = new Vocabulary(learn);
  }

  async query(input: SearchQuery & { readonly now: number }): Promise<SearchResult> {
    const query = parse(input.text, input.now);
    const nothing: SearchResult = { hits: [], corrected: [], understood: query.understood };
    if (query.clauses.length === 0) return nothing;
    const learnt = this.#vocabulary.refresh(Number(this.#sql.db.pragma('page_count', { simple: true })));
    if (!this.#vocabulary.ready) await within(patience, learnt);
    const doubtful = !this.#vocabulary.ready && wanted(query).some((clause) => this.#isDoubtful(clause));
    if (doubtful) await within(morePatience, learnt);
    const reading = this.#read(query);
    const { alternatives, corrected } = reading;
    const plan = createPlan(this.#sql, { ...input, query }, alternatives, (clause) =>
      this.#frequency(clause, alternatives.get(clause)),
    );
    if (!plan) return nothing;
    const page = await (input.order === 'relevance' && plan.texts.length > 0
      ? this.#mostRelevant(plan, reading, input)
      : this.#newest(plan, input));
    const texts = plan.texts.flatMap((clause) => spelt(clause, corrected));
    return {
      hits: hitsOf(this.#sql, page.ids, texts),
      corrected,
      understood: query.understood,
      ...(page.next === null ? {} : { next: page.next }),
      ...(input.facets ? { facets: facetsOf(this.#sql, page.sample) } : {}),
    };
  }

  async #newest(plan: Plan, { cursor, limit, facets }: SearchQuery): Promise<Page> {
    const below = cursor === undefined ? Number.MAX_SAFE_INTEGER : readCursor(cursor, 'n')[0];
    const want = facets && cursor === undefined ? Math.max(facetSample, limit + 1) : limit + 1;
    const found = await finish(newest(this.#sql, plan, below, want));
    const ids = found.ids.slice(0, limit);
    const more = found.ids.length > limit ? ids.at(-1) : found.below;
    return { ids, sample: found.ids, next: more === null || more === undefined ? null : `n:${more}` };
  }

  async #mostRelevant(plan: Plan, { alternatives }: Reading, { cursor, limit, facets }: SearchQuery): Promise<Page> {
    // What arrives between two pages must not shift them: the second is cut from the hits the first was.
    const [top, offset] = cursor === undefined ? [Number.MAX_SAFE_INTEGER, 0] : readCursor(cursor, 'r');
    // Where nothing but words is asked for, rows are looked at only when they are about to be shown.
    const late = plan.selective.length === 0 && !facets;
    const found = late
      ? newestByWords(this.#sql, plan, top, ranked)
      : (await finish(newest(this.#sql, plan, top, ranked))).ids;
    const judged = byRelevance(this.#sql, found, plan.texts, alternatives);
    const ids = late ? firstPassing(this.#sql, plan, judged, offset + limit + 1) : judged;
    const bound = cursor === undefined ? (found[0] ?? 0) + 1 : top;
    const next = offset + limit < ids.length ? `r:${bound}:${offset + limit}` : null;
    return { ids: ids.slice(offset, offset + limit), sample: found.slice(0, facetSample), next };
  }

  #read(query: Query): Reading {
    const alternatives = new Map<TextClause, readonly string[]>();
    const corrected: (readonly [string, string])[] = [];
    for (const clause of wanted(query)) {
      const completed = completions(clause, this.#vocabulary);
      if (completed) alternatives.set(clause, completed);
      if (!this.#vocabulary.ready || !this.#isDoubtful(clause)) continue;
      const [typed = ''] = clause.words;
      const meant = corrections(this.#sql, typed, this.#vocabulary);
      if (meant.length === 0) continue;
      alternatives.set(clause, [...meant, typed]);
      corrected.push(...meant.map((word) => [typed, word] as const));
    }
    return { alternatives, corrected };
  }
  #frequency({ words, prefix }: TextClause, instead: readonly string[] | undefined): number {
    const count = (word: string) => this.#vocabulary.count(word);
    if (instead) return instead.reduce((sum, word) => sum + count(word), 0);
    const [word = ''] = words;
    return prefix && words.length === 1 ? this.#vocabulary.beginningWith(word, 0).total : Math.min(...words.map(count));
  }
  #isDoubtful(clause: TextClause): boolean {
    return isDoubtful(this.#sql, clause, this.#vocabulary);
  }
}

interface Page {
  readonly ids: readonly number[];
  /** What facets are counted over. */
  readonly sample: readonly number[];
  readonly next: string | null;
}

/** The first `want` of `ids`, in their order, whose rows pass. */
function firstPassing(sql: Sql, plan: Plan, ids: readonly number[], want: number): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < ids.length && found.length < want; at += want) {
    const batch = ids.slice(at, at + want);
    const seen = new Set(passing(sql, plan, batch));
    found.push(...batch.filter((id) => seen.has(id)));
  }
  return found.slice(0, want);
}

const wanted = (query: Query): TextClause[] =>
  query.clauses.flatMap((clause) => (clause.is === 'text' && !clause.negated ? [clause] : []));
const within = (ms: number, done: Promise<void>): Promise<void> =>
  Promise.race([done, sleep(ms, undefined, { ref: false })]);

async function finish<T>(work: Sliced<T>): Promise<T> {
  let step = work.next();
  for (let i = 1; !step.done && i < mostSlices; i += 1) {
    await turn();
    step = work.next();
  }
  return step.value;
}

/** What a snippet marks: the clause as typed, and one for each word taken for it. */
function spelt(clause: TextClause, corrected: Reading['corrected']): TextClause[] {
  const taken = clause.words.length === 1 ? corrected.filter(([typed]) => typed === clause.words[0]) : [];
  return [clause, ...taken.map(([, word]) => ({ ...clause, words: [word], prefix: false }))];
}

/** Throws a RangeError when it is not a cursor this order has given. */
function readCursor(cursor: string, order: 'n' | 'r'): [number, number] {
  const [kind, id, offset] = cursor.split(':');
  const numbers: [number, number] = [Number(id), Number(offset ?? 0)];
  if (kind !== order || !numbers.every(Number.isSafeInteger)) throw new RangeError('not a cursor of this search');
  return numbers;
}
