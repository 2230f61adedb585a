import type { Batch } from '../../../src-shared/channel.ts';
import type { ChannelEvent, Content, EventOf, IncomingMessage, Media } from '../../../src-shared/model/index.ts';
import type { Commands } from '../api.ts';
import { type ContentWords, contentWords } from '../search/index-row.ts';
import { attachmentsOf, contentText, json, previewOf } from './content.ts';

/**
 * A content as it is stored and indexed: all that follows from the words alone. Worked out before the writer is asked, so
 * that the one thread everybody waits for has rows to write and nothing else.
 */
export interface PreparedContent {
  readonly subject: string | null;
  /** JSON of parts and mentions. */
  readonly text: string;
  readonly preview: string;
  readonly attachments: readonly Media[];
  readonly words: ContentWords;
}
/** What else of a message is kept as text, JSON each; null where it has none. */
export interface PreparedTexts {
  readonly recipients: string | null;
  readonly forwardedFrom: string | null;
  readonly links: string | null;
  readonly raw: string | null;
}
export interface PreparedMessage extends Omit<IncomingMessage, keyof Content | 'forwardedFrom' | 'raw'> {
  readonly content: PreparedContent;
  readonly texts: PreparedTexts;
}
export type PreparedEvent =
  | Exclude<ChannelEvent, EventOf<'message'>>
  | { readonly type: 'message'; readonly message: PreparedMessage };

type Ingest = Commands['ingest']['input'];
export type PreparedBatch = Omit<Batch, 'events'> & { readonly events: readonly PreparedEvent[] };
export type PreparedIngest = Omit<Ingest, 'batch' | 'following'> & {
  readonly batch: PreparedBatch;
  readonly following: readonly PreparedBatch[];
  /** What all `source`s of the first batch lie in, copied, so that it can be handed over to another thread; null where none has one. */
  readonly sources: ArrayBuffer | null;
};

export const prepareContent = (content: Content): PreparedContent => ({
  subject: content.subject ?? null,
  text: contentText(content),
  preview: previewOf(content),
  attachments: attachmentsOf(content.parts),
  words: contentWords(content),
});

export function prepareMessage(message: IncomingMessage): PreparedMessage {
  const { subject, parts, mentions, forwardedFrom, raw, ...rest } = message;
  return {
    ...rest,
    content: prepareContent({ subject, parts, mentions }),
    texts: {
      recipients: json(rest.recipients),
      forwardedFrom: json(forwardedFrom),
      links: json(rest.links),
      raw: json(raw),
    },
  };
}

const prepareEvent = (event: ChannelEvent): PreparedEvent =>
  event.type === 'message' ? { type: 'message', message: prepareMessage(event.message) } : event;
export const prepareEvents = (events: readonly ChannelEvent[]): PreparedEvent[] =>
  events.map((event) => beforehand.get(event) ?? prepareEvent(event));

const beforehand = new WeakMap<ChannelEvent, PreparedEvent>();
/** What is prepared now need not be when these very events are ingested. */
export function prepareBeforehand(events: readonly ChannelEvent[]): void {
  for (const event of events) beforehand.set(event, prepareEvent(event));
}

export function prepareIngest({ batch, following = [], ...rest }: Ingest): PreparedIngest {
  const { events, sources } = packSources(prepareEvents(batch.events));
  const after = following.map((one) => ({ ...one, events: prepareEvents(one.events) }));
  return { ...rest, batch: { ...batch, events }, following: after, sources };
}

/** Hundreds of buffers on their way between threads wait for the collectors of both; one is handed over and let go of. */
function packSources(events: readonly PreparedEvent[]): Pick<PreparedIngest['batch'], 'events'> & {
  readonly sources: ArrayBuffer | null;
} {
  const sizeOf = (event: PreparedEvent) => (event.type === 'message' ? (event.message.source?.length ?? 0) : 0);
  const total = events.reduce((sum, event) => sum + sizeOf(event), 0);
  if (total === 0) return { events, sources: null };
  const sources = new ArrayBuffer(total);
  let at = 0;
  const packed = events.map((event): PreparedEvent => {
    if (event.type !== 'message' || !event.message.source) return event;
    const source = new Uint8Array(sources, at, event.message.source.length);
    source.set(event.message.source);
    at += source.length;
    return { type: 'message', message: { ...event.message, source } };
  });
  return { events: packed, sources };
}
