import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { ImportQuery } from '../../src-shared/channel.ts';
import type { Flags } from '../../src-shared/model/index.ts';
import { decodeWords, type MailJob } from '../_kit/mail/index.ts';
import { openBytes } from './bytes.ts';
import { fromCursor, type Position } from './cursor.ts';
import { type ArchiveFile, archiveFiles } from './files.ts';
import { emlxFlags, headerMarks, maildirFlags } from './flags.ts';
import { folderName, labelKey } from './labels.ts';
import { detectDialect, largestMessage, readMbox } from './mbox.ts';

/** One message as it stands in the archive, with where the import is after it. */
export interface RawMessage {
  readonly job: MailJob;
  readonly labels: readonly { readonly name: string; readonly kind: 'folder' | 'label' }[];
  readonly damage: readonly string[];
  readonly position: Position;
}

interface Item {
  readonly source: Uint8Array<ArrayBuffer>;
  readonly receivedAt: number | undefined;
  readonly flags: Flags | undefined;
  readonly damage: readonly string[];
}

/** Every message of the archive after the query's cursor, in the order of the files. Throws when aborted. */
export async function* rawMessages(query: ImportQuery): AsyncGenerator<RawMessage> {
  const resumed = fromCursor(query.cursor);
  let position: Position = resumed ?? { file: '', offset: 0, number: 0, before: 0 };
  let before = 0;
  let reached = resumed === undefined;
  for await (const file of archiveFiles(query.path)) {
    query.signal.throwIfAborted();
    const name = relative(query.path, file.path);
    const here = !reached && name === position.file;
    const at = here ? position.offset : 0;
    if (!reached && !here) {
      before += file.bytes;
      continue;
    }
    reached = true;
    const start: Position = {
      ...position,
      file: name,
      offset: at,
      before,
      dialect: here ? position.dialect : undefined,
    };
    for await (const raw of file.kind === 'mbox' ? fromMbox(file, start, query.signal) : fromFile(file, start)) {
      position = raw.position;
      yield raw;
      query.signal.throwIfAborted();
    }
    before += file.bytes;
  }
  // The file the cursor names is gone: everything is read again, which ingest takes as nothing new.
  if (!reached) yield* rawMessages({ ...query, cursor: undefined });
}

async function* fromMbox(file: ArchiveFile, start: Position, signal: AbortSignal): AsyncGenerator<RawMessage> {
  const dialect = start.dialect ?? (await sampled(file, signal));
  const bytes = await openBytes(file.path, signal);
  let { number } = start;
  try {
    for await (const { source, receivedAt, next, cut } of readMbox(bytes, start.offset, dialect)) {
      number++;
      const position: Position = { ...start, offset: next, number, dialect };
      const damage = cut ? [`larger than ${largestMessage} bytes, kept up to there`] : [];
      yield describe(file, { source, receivedAt, flags: undefined, damage }, position);
    }
  } finally {
    await bytes.close();
  }
}
async function sampled(file: ArchiveFile, signal: AbortSignal) {
  const bytes = await openBytes(file.path, signal);
  try {
    return await detectDialect(bytes);
  } finally {
    await bytes.close();
  }
}

/** A file that is one message. Its offset is 0 before and its size after. */
async function* fromFile(file: ArchiveFile, start: Position): AsyncGenerator<RawMessage> {
  if (start.offset > 0) return;
  const whole = await readFile(file.path);
  const { message, flags } = file.kind === 'emlx' ? openEmlx(whole) : { message: whole, flags: undefined };
  const cut = message.length > largestMessage;
  const item: Item = {
    source: new Uint8Array(message.subarray(0, largestMessage)),
    receivedAt: file.changedAt,
    flags: file.kind === 'maildir' ? maildirFlags(file.path) : flags,
    damage: cut ? [`larger than ${largestMessage} bytes, kept up to there`] : [],
  };
  yield describe(file, item, { ...start, offset: Math.max(1, file.bytes), number: start.number + 1 });
}

/** Apple Mail's .emlx: the length of the message on a line, the message, a property list. */
function openEmlx(whole: Buffer): { message: Buffer; flags: Flags | undefined } {
  const feed = whole.indexOf(0x0a);
  const length = Number(whole.toString('latin1', 0, Math.max(0, feed)).trim());
  if (feed < 0 || !Number.isInteger(length) || length <= 0) return { message: whole, flags: undefined };
  const end = Math.min(whole.length, feed + 1 + length);
  return { message: whole.subarray(feed + 1, end), flags: emlxFlags(whole.toString('utf8', end)) };
}

function describe(file: ArchiveFile, item: Item, position: Position): RawMessage {
  const marks = headerMarks(item.source, decodeWords);
  const folder = folderName(file.folder);
  const labels = [
    ...(folder === undefined ? [] : [{ name: folder, kind: 'folder' as const }]),
    ...marks.labels.filter((name) => name !== folder).map((name) => ({ name, kind: 'label' as const })),
  ];
  return {
    labels,
    damage: item.source.length === 0 ? ['empty', ...item.damage] : item.damage,
    position,
    job: {
      source: item.source,
      flags: item.flags ?? marks.flags,
      ...(item.receivedAt === undefined ? {} : { receivedAt: item.receivedAt }),
      placements: labels.map(({ name }) => ({ label: labelKey(name) })),
    },
  };
}
