import { z } from 'zod';
import { ChannelError } from '../../src-shared/channel.ts';
import type { ChannelEvent } from '../../src-shared/model/index.ts';
import type { CallOptions } from '../_kit/http/index.ts';
import { jobOf, toEvents, unreadable } from './map.ts';
import { sectionsOf } from './source.ts';
import { Attachment, Message, type Payload } from './wire.ts';
import type { Working } from './working.ts';

/** Asked for at once; Gmail answers 429 to "too many concurrent requests for user" long before its quota is used up. */
const atOnce = 6;
/** Calendars and cards up to this size are fetched with the message: they are shown, not opened. Bytes. */
const shownBytes = 256 * 1024;
const shownTypes = new Set(['text/calendar', 'text/vcard', 'text/x-vcard', 'application/ics']);

interface Fetched {
  readonly id: string;
  readonly threadId: string;
  readonly said: unknown;
  readonly message: Message | undefined;
  /** When its labels were true, Unix ms. */
  readonly observedAt: number;
}

/** These messages as events, in the order given; those that are gone meanwhile are left out. */
export async function fetchMessages(
  working: Working,
  stubs: readonly { readonly id: string; readonly threadId: string }[],
  call: CallOptions,
): Promise<readonly ChannelEvent[]> {
  if (stubs.length === 0) return [];
  const fetched: (Fetched | undefined)[] = [];
  const queue = [...stubs.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift())
      fetched[next[0]] = await fetchOne(working, next[1], call);
  };
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, stubs.length) }, work));
  } finally {
    queue.length = 0;
  }
  return await toModel(
    working,
    fetched.filter((one) => one !== undefined),
  );
}

async function fetchOne(
  working: Working,
  { id, threadId }: { id: string; threadId: string },
  call: CallOptions,
): Promise<Fetched | undefined> {
  const { google, context } = working;
  const observedAt = context.clock.now();
  try {
    const said = await google.call(z.unknown(), call, () =>
      google.users.messages.get({ userId: 'me', id, format: 'full' }),
    );
    const message = Message.safeParse(said).data;
    // What was asked for is what it is about, whatever else is wrong with the answer.
    const right = message?.payload === undefined || message.id !== id ? undefined : message;
    if (!right) context.log.warn('a message came in a form that cannot be read', { id });
    return { id, threadId, said, message: right && (await withShown(working, right, call)), observedAt };
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** Puts small calendars and cards into the payload, whose bytes Gmail keeps apart. */
async function withShown(working: Working, message: Message, call: CallOptions): Promise<Message> {
  const { payload, id } = message;
  if (!payload) return message;
  const wanted = sectionsOf(payload).filter(
    ({ part }) => shownTypes.has(part.mimeType ?? '') && part.body?.attachmentId && (part.body.size ?? 0) <= shownBytes,
  );
  if (wanted.length === 0) return message;
  const held = new Map<Payload, string>();
  for (const { part } of wanted) {
    const attachmentId = part.body?.attachmentId ?? '';
    held.set(part, (await fetchAttachment(working, id, attachmentId, call)).data);
  }
  const filled = (part: Payload): Payload => {
    const data = held.get(part);
    return {
      ...part,
      ...(data === undefined ? {} : { body: { ...part.body, data } }),
      ...(part.parts ? { parts: part.parts.map(filled) } : {}),
    };
  };
  return { ...message, payload: filled(payload) };
}

export const fetchAttachment = async (
  { google }: Working,
  messageId: string,
  id: string,
  call: CallOptions,
): Promise<z.infer<typeof Attachment>> =>
  await google.call(Attachment, call, () => google.users.messages.attachments.get({ userId: 'me', messageId, id }));

/** Never rejects for what a message holds: one that defeats the parser is kept as Gmail told it. */
async function toModel(working: Working, fetched: readonly Fetched[]): Promise<readonly ChannelEvent[]> {
  const readable = fetched.flatMap(({ message, observedAt }) => (message ? [{ message, observedAt }] : []));
  const jobs = readable.map(({ message, observedAt }) => jobOf(message, observedAt));
  const results = await working.parser.map(jobs, { own: working.own() });
  const byId = new Map(readable.map(({ message }, index) => [message.id, results[index]] as const));
  return fetched.flatMap(({ id, threadId, said, message, observedAt }) => {
    const result = byId.get(id);
    return message && result ? toEvents(message, result) : [unreadable(id, threadId, said, observedAt)];
  });
}
