import { randomUUID } from 'node:crypto';
import type { Handlers, Parsed, TriageAction, TriageView } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import type { Changes } from '../changes/index.ts';
import { CallError, wordsOf } from '../errors.ts';
import { type PerformOptions, perform } from './perform.ts';
import { shares } from './selection.ts';
import { type Inverse, Inverses } from './undo.ts';

export interface TriageOptions extends PerformOptions {
  readonly changes: Changes;
}
/** Conversations done in one go: windows see it happen, and other calls come in between. */
const chunk = 200;
/** Actions remembered for undoing. */
const remembered = 100;

interface Run {
  readonly id: string;
  state: TriageView['state'];
  done: number;
  total: number;
  readonly problems: Map<string, number>;
  readonly inverses: Inverses;
  /** What of it goes on after the call has answered; never rejects. */
  rest: Promise<void>;
}

/** One action over many conversations: begun while the call waits, ended in the background, taken back exactly. */
export class Triage {
  readonly #options: TriageOptions;
  readonly #runs = new Map<string, Run>();
  #stopped = false;

  constructor(options: TriageOptions) {
    this.#options = options;
  }

  handlers(): Handlers<'triage.start' | 'triage.cancel' | 'triage.undo'> {
    return {
      'triage.start': (input) => this.#start(input),
      'triage.cancel': async ({ triage }) => {
        const run = this.#runs.get(triage);
        if (run?.state === 'running') run.state = 'cancelled';
        return null;
      },
      'triage.undo': async ({ triage }) => this.#undo(triage),
    };
  }

  /** What is left of a running action is not done; what was done stays. */
  stop(): void {
    this.#stopped = true;
  }

  async #start({ conversations = [], matching, except = [], action }: Parsed<'triage.start'>): Promise<TriageView> {
    const left = new Set(except);
    // Settled now: what arrives while it runs was never seen by the person who asked.
    const found = matching ? await this.#options.store.query('list.ids', matching) : [];
    const ids = [...new Set([...conversations, ...found])].filter((id) => !left.has(id));
    const run: Run = {
      id: randomUUID(),
      state: 'running',
      done: 0,
      total: ids.length,
      problems: new Map(),
      inverses: new Inverses(),
      rest: Promise.resolve(),
    };
    this.#remember(run);
    await this.#step(run, ids.slice(0, chunk), action);
    if (run.total <= chunk) {
      run.state = 'done';
      const [first] = run.problems;
      // Nothing happened at all: a refusal, in the words of what refused.
      if (first && first[1] === run.total) throw new CallError('refused', first[0]);
    } else run.rest = this.#rest(run, ids, action);
    return viewOf(run);
  }

  async #rest(run: Run, ids: readonly ConversationId[], action: TriageAction): Promise<void> {
    for (let from = chunk; from < ids.length && run.state === 'running' && !this.#stopped; from += chunk) {
      this.#tell(run);
      await this.#step(run, ids.slice(from, from + chunk), action);
    }
    if (run.state === 'running') run.state = 'done';
    this.#tell(run);
  }

  async #step(run: Run, ids: readonly ConversationId[], action: TriageAction): Promise<void> {
    const { store, directory } = this.#options;
    try {
      const rows = new Map((await store.query('list.rows', { conversations: ids })).map((row) => [row.id, row]));
      for (const share of await shares(store, directory, { conversations: ids })) {
        try {
          const inverses = await perform(this.#options, share, action, rows);
          for (const inverse of inverses) run.inverses.add(inverse);
        } catch (error) {
          note(run, wordsOf(error), share.conversations.length);
        }
      }
    } catch (error) {
      note(run, wordsOf(error), ids.length);
    }
    run.done += ids.length;
  }

  async #undo(id: string): Promise<TriageView> {
    const run = this.#runs.get(id);
    if (!run) throw new CallError('not-found', 'What was done is too long ago to be taken back.');
    if (run.state === 'running') run.state = 'cancelled';
    // The chunk under way is done first: what it did has to be taken back as well.
    await run.rest;
    if (run.state === 'undoing' || run.state === 'undone') return viewOf(run);
    run.state = 'undoing';
    run.done = 0;
    run.problems.clear();
    const bites = run.inverses.inBites(chunk);
    run.total = bites.reduce((sum, bite) => sum + bite.conversations, 0);
    const all = this.#takeBack(run, bites);
    // A few are back when the call answers; many come back as one watches.
    return bites.length > 5 ? viewOf(run) : all.then(() => viewOf(run));
  }

  async #takeBack(run: Run, bites: readonly Inverse[]): Promise<void> {
    const { store, directory } = this.#options;
    for (const bite of bites) {
      if (this.#stopped) return;
      try {
        for (const share of await shares(store, directory, bite.of))
          await perform(this.#options, share, bite.action, null);
      } catch (error) {
        note(run, wordsOf(error), bite.conversations);
      }
      run.done += bite.conversations;
      if (bites.length > 5) this.#tell(run);
    }
    run.state = 'undone';
    if (bites.length > 5) this.#tell(run);
  }

  #tell(run: Run): void {
    this.#options.changes.emit('triage', viewOf(run));
  }

  #remember(run: Run): void {
    this.#runs.set(run.id, run);
    for (const [id, old] of this.#runs) {
      if (this.#runs.size <= remembered) return;
      if (old.state !== 'running' && old.state !== 'undoing') this.#runs.delete(id);
    }
  }
}

const note = (run: Run, text: string, conversations: number): void =>
  void run.problems.set(text, (run.problems.get(text) ?? 0) + conversations);

const viewOf = ({ id, state, done, total, problems }: Run): TriageView => ({
  triage: id,
  state,
  done: Math.min(done, total),
  total,
  problems: [...problems].map(([text, conversations]) => ({ text, conversations })),
});
