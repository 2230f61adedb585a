import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { type AccountId, asCursor, type ChannelEvent } from '../../../src-shared/model/index.ts';
import type { Store } from '../../store/api.ts';
import type { Registry } from '../channels/registry.ts';
import { CallError, wordsOf } from '../errors.ts';
import { type Entry, readJsonLine } from '../export/index.ts';
import type { Supervisor } from '../supervisor/index.ts';
import type { ArchiveBatch, ArchivedFile, ImportSource } from './source.ts';

/** What an import row of our own export names in place of a channel. */
export const jsonlName = 'carillon-jsonl';
export const isJsonl = (path: string): boolean => /^\.(jsonl|ndjson)$/i.test(extname(path));

/** Lines that are committed together at most; a change of account ends a batch, too. */
const batchLines = 200;
/** Bytes of files in a batch, from which on it is closed. */
const batchFileBytes = 16 * 1024 * 1024;
const newline = 0x0a;

interface Context {
  readonly store: Store;
  readonly registry: Registry;
  readonly supervisor: Supervisor;
}

/** The account of the first message: what the import is listed under. */
export async function firstAccount(context: Context, path: string): Promise<AccountId> {
  for await (const { entry } of entries(path, 0, new AbortController().signal))
    if (typeof entry !== 'string') return accountOf(context, entry.account);
  throw new CallError('unsupported', 'There is no exported message in this file.');
}

/** Reads an export back (docs/export-format.md): each message goes to its own account, which is made paused when it is new. */
export const jsonlSource =
  (context: Context): ImportSource =>
  async (row, signal, take) =>
    take(batches(context, row.path, row.cursor ?? '0 0', signal));

/**
 * A cursor names the bytes from which the last batch with files began, and up to which all is stored. Files are kept
 * after their messages are committed: those of the last batch are handed over once more, which changes nothing.
 */
async function* batches(
  context: Context,
  path: string,
  cursor: string,
  signal: AbortSignal,
): AsyncGenerator<ArchiveBatch> {
  const total = (await stat(path)).size;
  const [again = 0, from = 0] = cursor.split(' ').map(Number);
  const known = new Map<string, AccountId>();
  let events: ChannelEvent[] = [];
  let damaged: { number: number; reason: string }[] = [];
  let files: ArchivedFile[] = [];
  let fileBytes = 0;
  let account: AccountId | undefined;
  let lines = 0;
  let start = again;
  let end = again;
  const batch = (): ArchiveBatch => {
    const made = {
      events,
      files,
      cursor: asCursor(`${files.length > 0 ? start : end} ${end}`),
      done: end,
      total,
      damaged,
      ...(account ? { account } : {}),
    };
    [events, damaged, files, fileBytes, lines, start] = [[], [], [], 0, 0, end];
    return made;
  };
  for await (const line of entries(path, again, signal)) {
    const stored = line.end <= from;
    if (typeof line.entry === 'string') {
      if (!stored) damaged.push({ number: line.number, reason: line.entry });
    } else {
      const name = JSON.stringify([line.entry.account.channel, line.entry.account.key]);
      const own = known.get(name) ?? (await accountOf(context, line.entry.account));
      known.set(name, own);
      if (account !== undefined && own !== account && lines > 0) yield batch();
      account = own;
      if (!stored) events.push(...line.entry.events);
      files.push(...line.entry.files);
      fileBytes += line.entry.files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    }
    end = line.end;
    lines += 1;
    if (lines >= batchLines || fileBytes >= batchFileBytes || end === from) yield batch();
  }
  if (lines > 0) yield batch();
}

/** Each line with where it ends, or the reason why it cannot be read. `number` counts from where reading began, 1-based. */
async function* entries(path: string, from: number, signal: AbortSignal) {
  let end = from;
  let number = 0;
  for await (const line of linesOf(path, from, signal)) {
    end += line.byteLength + 1;
    number += 1;
    if (line.byteLength > 0) yield { entry: parse(line), end, number };
  }
}

function parse(line: Buffer): Entry | string {
  try {
    return readJsonLine(line.toString('utf8'));
  } catch (error) {
    return wordsOf(error).slice(0, 300);
  }
}

async function* linesOf(path: string, start: number, signal: AbortSignal): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  for await (const chunk of createReadStream(path, { start, signal }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      yield Buffer.concat([...waiting, chunk.subarray(from, at)]);
      waiting = [];
      from = at + 1;
    }
    if (from < chunk.byteLength) waiting.push(chunk.subarray(from));
  }
  if (waiting.length > 0) yield Buffer.concat(waiting);
}

async function accountOf({ store, registry, supervisor }: Context, account: Entry['account']): Promise<AccountId> {
  const { channel: id, key, label, identities } = account;
  const here = (await store.query('accounts', {})).find((row) => row.channel === id && row.description.key === key);
  if (here) return here.id;
  const channel = await registry.load(id);
  const saved = await store.command('account.save', {
    channel: id,
    description: { key, label, identities, config: {} },
    inboxIsLabel: channel.features.label?.inboxIsLabel ?? false,
  });
  // It has no credentials: it rests until the person logs in.
  await store.command('account.update', { account: saved.account, paused: true });
  const row = (await store.query('accounts', {})).find((each) => each.id === saved.account);
  if (row) supervisor.add(row);
  return saved.account;
}
