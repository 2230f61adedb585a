import type { Log } from '../../../src-shared/channel.ts';
import { ChannelEvent, type EventOf, MessageKey } from '../../../src-shared/model/index.ts';

type Ephemeral = EventOf<'typing' | 'presence'>;
export interface Sorted {
  /** To be stored. */
  readonly events: readonly ChannelEvent[];
  /** To be passed on to the windows and forgotten. */
  readonly ephemeral: readonly Ephemeral[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A message the model cannot read is kept all the same: what it holds goes under `raw`, and the person sees that it is there. */
function salvage(event: unknown): ChannelEvent | undefined {
  if (!isRecord(event) || event.type !== 'message' || !isRecord(event.message)) return undefined;
  const { key, conversation, links, at, from, source, ...rest } = event.message;
  if (!MessageKey.safeParse(key).success) return undefined;
  const kept = {
    type: 'message',
    message: {
      key,
      conversation,
      links,
      at: typeof at === 'number' && Number.isFinite(at) && at >= 0 ? Math.floor(at) : 0,
      from,
      source,
      parts: [{ kind: 'unsupported', what: 'damaged message' }],
      raw: { damaged: jsonOf(rest) },
    },
  };
  const whole = ChannelEvent.safeParse(kept);
  if (whole.success) return whole.data;
  const bare = ChannelEvent.safeParse({
    ...kept,
    message: { ...kept.message, from: { is: 'system' }, source: undefined },
  });
  return bare.success ? bare.data : undefined;
}

/** Whatever it was, as text that fits a JSON column. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value, (_name, item: unknown) =>
      typeof item === 'bigint' || item instanceof Uint8Array ? String(item) : item,
    ).slice(0, 1_000_000);
  } catch {
    return '(cannot be written down)'; // cyclic: nothing a network could have sent
  }
}

/** Checks what a session emitted, one by one: an event that is not valid never holds up the others. */
export function sortEvents(events: readonly unknown[], log: Log): Sorted {
  const kept: ChannelEvent[] = [];
  const ephemeral: Ephemeral[] = [];
  for (const event of events) {
    const parsed = ChannelEvent.safeParse(event);
    if (!parsed.success) {
      const saved = salvage(event);
      log.warn(saved ? 'An event was not valid and is kept raw' : 'An event was not valid and is left out', {
        issues: parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
      });
      if (saved) kept.push(saved);
    } else if (parsed.data.type === 'typing' || parsed.data.type === 'presence') ephemeral.push(parsed.data);
    else kept.push(parsed.data);
  }
  return { events: kept, ephemeral };
}
