import { z } from 'zod';
import { BlobRef, ChannelEvent, type MessageKey, UserKey } from '../../../src-shared/model/index.ts';
import type { ExportItem } from '../../store/api.ts';

/** One line of an export: docs/export-format.md describes it for other programs. */
const formatVersion = 1;

const Account = z.object({
  channel: z.string().min(1).max(64),
  key: UserKey,
  label: z.string().max(200),
  identities: z.array(z.object({ key: UserKey, name: z.string().exactOptional() })).default([]),
});
/** Bytes travel as base64 under a name of their own; everything else is the model as it is. */
const Line = z.object({
  carillon: z.literal(formatVersion),
  account: Account,
  events: z.array(z.unknown()).max(100_000),
  source: z.base64().optional(),
  files: z.array(z.object({ ref: BlobRef, bytes: z.base64() })).optional(),
});
/** The bytes that a message names by `ref`. */
export interface ExportedFile {
  readonly ref: BlobRef;
  readonly bytes: Uint8Array;
}
export interface Entry {
  readonly account: z.infer<typeof Account>;
  readonly events: readonly ChannelEvent[];
  readonly files: readonly (ExportedFile & { readonly message: MessageKey })[];
}

export function jsonLine(
  item: ExportItem,
  identities: Entry['account']['identities'],
  files: readonly ExportedFile[],
): Buffer {
  const { source, events } = item;
  const account = { ...item.account, identities };
  const bare = events.map((event) => {
    if (event.type !== 'message') return event;
    const { source: _bytes, ...message } = event.message;
    return { ...event, message };
  });
  const line = {
    carillon: formatVersion,
    account,
    events: bare,
    ...(source ? { source: Buffer.from(source).toString('base64') } : {}),
    ...(files.length > 0
      ? { files: files.map(({ ref, bytes }) => ({ ref, bytes: Buffer.from(bytes).toString('base64') })) }
      : {}),
  };
  return Buffer.from(`${JSON.stringify(line)}\n`);
}

/** Throws with the reason when the line is not one of an export. */
export function readJsonLine(text: string): Entry {
  const line = Line.parse(JSON.parse(text));
  const source = line.source === undefined ? undefined : Buffer.from(line.source, 'base64');
  const events = line.events.map((event) => ChannelEvent.parse(event));
  const message = events.find((event) => event.type === 'message')?.message.key;
  const files = (line.files ?? []).flatMap(({ ref, bytes }) =>
    message === undefined ? [] : [{ message, ref, bytes: Buffer.from(bytes, 'base64') }],
  );
  return {
    account: line.account,
    files,
    events: events.map((event) =>
      source && event.type === 'message' ? { ...event, message: { ...event.message, source } } : event,
    ),
  };
}
