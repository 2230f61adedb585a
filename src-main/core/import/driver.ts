import { ChannelError, type Clock, type Log } from '../../../src-shared/channel.ts';
import type { ImportView } from '../../../src-shared/ipc/index.ts';
import type { AccountId, ImportId } from '../../../src-shared/model/index.ts';
import type { ImportRow, Store } from '../../store/api.ts';
import type { Changes } from '../changes/index.ts';
import { notFound } from '../errors.ts';
import type { Ingest } from '../ingest/index.ts';
import { importView, Pace } from './progress.ts';
import type { ArchiveBatch, ArchivedFile, ImportSource } from './source.ts';

export interface ImporterOptions {
  readonly store: Store;
  readonly ingest: Ingest;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly log: Log;
  readonly source: ImportSource;
  /** Keeps a file that came with a message; once is enough. */
  readonly keep: (account: AccountId, file: ArchivedFile) => Promise<void>;
}
interface Running {
  readonly account: AccountId;
  readonly abort: AbortController;
  readonly pace: Pace;
  readonly ended: Promise<void>;
}

/** The windows hear of progress so often at most, ms. */
const tellEvery = 250;

/** Reads archives into the store. Each batch is committed with the place it ended at, so a kill loses nothing and doubles nothing. */
export class Importer {
  readonly #options: ImporterOptions;
  readonly #running = new Map<ImportId, Running>();
  #stopping = false;

  constructor(options: ImporterOptions) {
    this.#options = options;
  }

  /** Goes on with what was running when the hub last ended. */
  async resumeAll(): Promise<void> {
    for (const row of await this.#options.store.query('imports', {})) if (row.state === 'running') this.run(row);
  }

  /** Every import goes on at the next start. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const { abort } of this.#running.values()) abort.abort();
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  /** Ends what is being read into an account that is about to go. */
  async leave(account: AccountId): Promise<void> {
    const affected = [...this.#running.values()].filter((running) => running.account === account);
    for (const { abort } of affected) abort.abort();
    await Promise.all(affected.map(({ ended }) => ended));
  }

  async list(): Promise<readonly ImportView[]> {
    const rows = await this.#options.store.query('imports', {});
    return rows.map((row) => importView(row, this.#running.get(row.id)?.pace));
  }

  async cancel(id: ImportId): Promise<void> {
    const running = this.#running.get(id);
    running?.abort.abort();
    await running?.ended;
    const row = await this.row(id);
    if (row.state === 'running' || row.state === 'paused') await this.#end(id, 'cancelled');
  }

  async resume(id: ImportId): Promise<void> {
    const row = await this.row(id);
    if (this.#running.has(id) || row.state === 'done') return;
    await this.#options.store.command('import.state', { import: id, state: 'running' });
    this.run({ ...row, state: 'running' });
  }

  async row(id: ImportId): Promise<ImportRow> {
    const row = (await this.#options.store.query('imports', {})).find((each) => each.id === id);
    if (!row) throw notFound('The import');
    return row;
  }

  run(row: ImportRow): void {
    if (this.#running.has(row.id)) return;
    const abort = new AbortController();
    const pace = new Pace();
    const ended = this.#work(row, abort.signal, pace)
      .catch((error: unknown) => this.#options.log.error('The end of an import could not be stored', { error }))
      .finally(() => this.#running.delete(row.id));
    this.#running.set(row.id, { account: row.account, abort, pace, ended });
  }

  async #work(row: ImportRow, signal: AbortSignal, pace: Pace): Promise<void> {
    try {
      await this.#options.source(row, signal, (batches) => this.#read(row, batches, signal, pace));
      if (!signal.aborted) await this.#end(row.id, 'done');
    } catch (error) {
      if (signal.aborted) return;
      this.#options.log.warn('An import failed', { import: row.id, error });
      const words = error instanceof ChannelError ? error.message : 'The archive could not be read further.';
      await this.#end(row.id, 'failed', words);
    }
  }

  /** Reads and makes ready the next batch while the last one is being stored: parser and writer each have a thread of their own. */
  async #read(row: ImportRow, batches: AsyncIterable<ArchiveBatch>, signal: AbortSignal, pace: Pace): Promise<void> {
    const { clock, ingest } = this.#options;
    let messages = row.messages;
    let told = 0;
    let storing: Promise<unknown> = Promise.resolve();
    pace.mark(clock.now(), messages, row.done);
    for await (const batch of batches) {
      ingest.makeReady(batch.events);
      await storing;
      if (signal.aborted) return;
      storing = this.#store(row, batch);
      messages += batch.events.reduce((sum, event) => sum + (event.type === 'message' ? 1 : 0), 0);
      pace.mark(clock.now(), messages, batch.done);
      if (clock.now() - told >= tellEvery) {
        told = clock.now();
        // Reading goes on meanwhile.
        storing = storing.then(() => this.#tell(row.id));
      }
      // A failure is met at the next await; until then it must not count as unhandled.
      storing.catch(() => undefined);
    }
    await storing;
  }

  async #store(row: ImportRow, batch: ArchiveBatch): Promise<void> {
    const { events, cursor, done, total, damaged, files = [] } = batch;
    const account = batch.account ?? row.account;
    await this.#options.ingest.apply(
      account,
      { events, origin: 'history' },
      { import: { id: row.id, cursor, done, total, damaged } },
    );
    // A kill before these leaves them to the resumed import: its cursor names the lines they came from.
    for (const file of files) await this.#options.keep(account, file);
  }

  async #end(id: ImportId, state: 'done' | 'cancelled' | 'failed', error?: string): Promise<void> {
    if (this.#stopping && state !== 'done') return;
    await this.#options.store.command('import.state', { import: id, state, ...(error ? { error } : {}) });
    await this.#tell(id);
  }

  async #tell(id: ImportId): Promise<void> {
    const row = await this.row(id);
    this.#options.changes.emit('import', importView(row, this.#running.get(id)?.pace));
  }
}
