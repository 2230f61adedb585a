import type { MessageView } from '../../../src-shared/ipc/index.ts';
import type { MessageId } from '../../../src-shared/model/index.ts';

/** What is drawn down a conversation, top to bottom. */
export type TimelineItem =
  | { readonly is: 'gap'; readonly key: string }
  | { readonly is: 'day'; readonly key: string; readonly at: number }
  | { readonly is: 'unread'; readonly key: string; readonly count: number }
  | {
      readonly is: 'message';
      readonly key: string;
      readonly message: MessageView;
      /** First and last of a run by one author without a pause. */
      readonly starts: boolean;
      readonly ends: boolean;
    };
/** Messages of one author further apart than this are not drawn as one run, ms. */
const pauseMs = 5 * 60_000;
const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

const together = (a: MessageView | undefined, b: MessageView | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  !a.system &&
  !b.system &&
  a.fromMe === b.fromMe &&
  a.author?.identity === b.author?.identity &&
  Math.abs(b.at - a.at) < pauseMs &&
  dayOf(a.at) === dayOf(b.at);

export interface TimelineOptions {
  readonly unreadFrom: MessageId | null;
  /** History before the first of these messages is still on its way, or missing. */
  readonly incomplete: boolean;
  /** Each day gets a heading; mail does without, its cards carry their dates. */
  readonly days: boolean;
}
export function timeline(
  messages: readonly MessageView[],
  { unreadFrom, incomplete, days }: TimelineOptions,
): readonly TimelineItem[] {
  const items: TimelineItem[] = [];
  if (incomplete) items.push({ is: 'gap', key: 'gap' });
  const unreadAt = unreadFrom === null ? -1 : messages.findIndex((message) => message.id === unreadFrom);
  let day: number | undefined;
  messages.forEach((message, index) => {
    const today = dayOf(message.at);
    if (days && today !== day) items.push({ is: 'day', key: `day ${today}`, at: message.at });
    day = today;
    if (index === unreadAt) {
      const count = messages.slice(index).filter((one) => !one.fromMe && !one.system).length;
      items.push({ is: 'unread', key: 'unread', count });
    }
    items.push({
      is: 'message',
      key: String(message.id),
      message,
      starts: index === unreadAt || !together(messages[index - 1], message),
      ends: index + 1 === unreadAt || !together(message, messages[index + 1]),
    });
  });
  return items;
}
