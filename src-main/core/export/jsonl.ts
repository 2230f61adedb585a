import { z } from 'zod';
import { ChannelEvent, UserKey } from '../../../src-shared/model/index.ts';
import type { ExportItem } from '../../store/api.ts';

/** One line of an export: docs/export-format.md describes it for other programs. */
export const formatVersion = 1;

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
});
export interface Entry {
  readonly account: z.infer<typeof Account>;
  readonly events: readonly ChannelEvent[];
}

export function jsonLine(item: ExportItem, identities: Entry['account']['identities']): Buffer {
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
  };
  return Buffer.from(`${JSON.stringify(line)}\n`);
}

/** Throws with the reason when the line is not one of an export. */
export function readJsonLine(text: string): Entry {
  const line = Line.parse(JSON.parse(text));
  const source = line.source === undefined ? undefined : Buffer.from(line.source, 'base64');
  const events = line.events.map((event) => ChannelEvent.parse(event));
  return {
    account: line.account,
    events: events.map((event) =>
      source && event.type === 'message' ? { ...event, message: { ...event.message, source } } : event,
    ),
  };
}
