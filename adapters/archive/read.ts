import { ChannelError, type ImportBatch, type ImportQuery } from '../../src-shared/channel.ts';
import type { ChannelEvent, EventOf } from '../../src-shared/model/index.ts';
import { createMailParser, type MailResult } from '../_kit/mail/index.ts';
import { toCursor } from './cursor.ts';
import { archiveFiles } from './files.ts';
import { labelEvent } from './labels.ts';
import { type RawMessage, rawMessages } from './messages.ts';

const batchMessages = 200;
const batchBytes = 2 * 1024 * 1024;
/** Batches being parsed while the hub stores those before: reading, parsing and storing go on at once. */
const ahead = 2;

interface Loaded {
  readonly raws: readonly RawMessage[];
  readonly results: Promise<readonly MailResult[]>;
}

/**
 * Reads an archive batch by batch. Memory is bounded by `ahead` batches, whatever the size of the files; the cursor of a
 * batch names the first byte after it, so that a resumed import neither leaves out nor repeats a message.
 */
export async function* readArchive(query: ImportQuery, own: ReadonlySet<string>): AsyncGenerator<ImportBatch> {
  const total = await totalBytes(query.path);
  const parser = createMailParser();
  const waiting: Loaded[] = [];
  const labels = new Set<string>();
  try {
    for await (const raws of batches(query)) {
      const results = parser.map(
        raws.map(({ job }) => job),
        { own, keepSource: true },
      );
      // A rejection is met where the batch is taken; until then it must not count as unhandled.
      results.catch(() => undefined);
      waiting.push({ raws, results });
      const first = waiting.length >= ahead ? waiting.shift() : undefined;
      if (first) yield batchOf(first.raws, await first.results, labels, total);
    }
    for (const { raws, results } of waiting) yield batchOf(raws, await results, labels, total);
  } finally {
    await parser.close();
  }
}

async function totalBytes(path: string): Promise<number> {
  let total = 0;
  try {
    for await (const file of archiveFiles(path)) total += file.bytes;
  } catch (error) {
    throw new ChannelError('unreadable', 'refused', `The archive cannot be read: ${words(error)}`, { cause: error });
  }
  return total;
}
const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function* batches(query: ImportQuery): AsyncGenerator<RawMessage[]> {
  let batch: RawMessage[] = [];
  let bytes = 0;
  for await (const raw of rawMessages(query)) {
    batch.push(raw);
    bytes += raw.job.source.length;
    if (batch.length < batchMessages && bytes < batchBytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

function batchOf(
  raws: readonly RawMessage[],
  results: readonly MailResult[],
  told: Set<string>,
  total: number,
): ImportBatch {
  const events: ChannelEvent[] = [];
  const damaged: { number: number; reason: string }[] = [];
  const users = new Map<string, EventOf<'user'>>();
  for (const [index, raw] of raws.entries()) {
    const result = results[index];
    if (!result) continue;
    for (const { name, kind } of raw.labels) {
      if (told.has(name)) continue;
      told.add(name);
      events.push(labelEvent(name, kind));
    }
    events.push({ type: 'message', message: result.message });
    for (const user of result.users) if (user.type === 'user') latest(users, user);
    const reasons = [...raw.damage, ...result.damage];
    if (reasons.length > 0) damaged.push({ number: raw.position.number, reason: reasons.join('; ') });
  }
  const { position } = raws.at(-1) ?? {};
  if (!position) throw new Error('a batch holds at least one message');
  return {
    events: [...users.values(), ...events],
    cursor: toCursor(position),
    done: Math.min(total, position.before + position.offset),
    total,
    damaged,
  };
}

/** Of many tellings about one person only the last in time matters, one with a name before one without. */
function latest(users: Map<string, EventOf<'user'>>, user: EventOf<'user'>): void {
  const known = users.get(user.key);
  const named = user.patch.name !== undefined;
  if (!known || (named && (known.patch.name === undefined || user.at >= known.at))) users.set(user.key, user);
}
