import { ChannelError, type Log } from '../../../src-shared/channel.ts';
import type { Handlers } from '../../../src-shared/ipc/index.ts';
import type { Cursor } from '../../../src-shared/model/index.ts';
import type { Store } from '../../store/api.ts';
import type { Ingest } from '../ingest/index.ts';
import { type Live, operationOf, type Supervisor } from '../supervisor/index.ts';

/** Networks answer the newest or the best first: so many pages of each are read. */
const mostPages = 3;
/** Somebody waits for it, ms. */
const patience = 30_000;

export interface SearchOptions {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly ingest: Ingest;
  readonly log: Log;
}

/** Asks the networks themselves: what they find that is not here yet is taken in, like history. */
export const searchHandlers = (options: SearchOptions): Handlers<'search.elsewhere'> => ({
  'search.elsewhere': async ({ text, account }) => {
    const { supervisor } = options;
    const words = wordsFor(text);
    const lives = supervisor.all().flatMap(({ row }) => {
      const live = account === undefined || row.id === account ? supervisor.online(row.id) : undefined;
      return live && operationOf(live, 'search') ? [live] : [];
    });
    if (words === '') return { asked: 0, found: 0, failed: [] };
    const answers = await Promise.all(lives.map((live) => ask(options, live, words)));
    return {
      asked: lives.length,
      found: answers.reduce((sum, { found }) => sum + found, 0),
      failed: answers.flatMap(({ failed }) => failed ?? []),
    };
  },
});

async function ask(
  { store, ingest, log }: SearchOptions,
  live: Live,
  words: string,
): Promise<{ readonly found: number; readonly failed?: string }> {
  const search = operationOf(live, 'search');
  const { id: account, description } = live.account;
  const signal = AbortSignal.any([live.over, AbortSignal.timeout(patience)]);
  let found = 0;
  let cursor: Cursor | undefined;
  try {
    for (let pages = 0; search && pages < mostPages; pages++) {
      const { events, next } = await search.find(words, cursor, signal);
      const keys = events.flatMap((event) => (event.type === 'message' ? [event.message.key] : []));
      const known = keys.length === 0 ? [] : await store.query('lookup.known', { account, keys });
      await ingest.apply(account, { events, origin: 'history' });
      found += new Set(keys).size - known.length;
      cursor = next;
      if (cursor === undefined) break;
    }
    return { found };
  } catch (error) {
    log.warn('A network could not be searched', { account, error });
    const why = error instanceof ChannelError ? error.message : 'It did not answer in time.';
    return { found, failed: `${description.label}: ${why}` };
  }
}

/** Conditions are in the words of this program's search box; a network is asked for the rest. */
const wordsFor = (text: string): string =>
  text
    .replace(/-?[\p{L}-]+:(?:"[^"]*"|\S*)/gu, ' ')
    .replace(/(?<!\S)-\S+/g, ' ')
    .replaceAll('"', ' ')
    .replace(/\s+/g, ' ')
    .trim();
