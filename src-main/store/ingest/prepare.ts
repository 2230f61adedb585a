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
export type PreparedIngest = Omit<Ingest, 'batch'> & {
  readonly batch: Omit<Batch, 'events'> & { readonly events: readonly PreparedEvent[] };
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

export const prepareEvents = (events: readonly ChannelEvent[]): PreparedEvent[] =>
  events.map((event) =>
    event.type === 'message' ? { type: 'message', message: prepareMessage(event.message) } : event,
  );

export const prepareIngest = ({ batch, ...rest }: Ingest): PreparedIngest => ({
  ...rest,
  batch: { ...batch, events: prepareEvents(batch.events) },
});
