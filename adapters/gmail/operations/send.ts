import { Readable } from 'node:stream';
import { ChannelError, type Reconciled, type SendOptions, type SendResult } from '../../../src-shared/channel.ts';
import type { OutgoingMessage } from '../../../src-shared/model/index.ts';
import { fetchMessages } from '../fetch.ts';
import { messageKey, ownHeader } from '../ids.ts';
import { txnIn } from '../map.ts';
import { Message, MessageList, Stub } from '../wire.ts';
import type { Working } from '../working.ts';
import { base64url, composeFor } from './compose.ts';

/** Above this a message is uploaded as it is rather than within JSON (https://developers.google.com/workspace/gmail/api/guides/uploads). */
const uploadFrom = 2 * 1024 * 1024;
/** An upload may take this long, ms. */
const uploadMs = 600_000;
const chunkBytes = 64 * 1024;

/** Sends once. A request whose fate nobody knows is never repeated here: `reconcile` looks first. */
export async function sendMail(working: Working, message: OutgoingMessage, options: SendOptions): Promise<SendResult> {
  const { google } = working;
  const { raw, threadId } = await composeFor(working, message, { ...options, draft: false });
  const thread = threadId === undefined ? {} : { threadId };
  const call = { signal: options.signal, repeatable: false, timeoutMs: uploadMs };
  options.progress(0, raw.byteLength);
  const sent =
    raw.byteLength <= uploadFrom
      ? await google.call(Stub, call, () =>
          google.users.messages.send({ userId: 'me', requestBody: { raw: base64url(raw), ...thread } }),
        )
      : await google.call(Stub, call, () =>
          google.users.messages.send(
            {
              userId: 'me',
              requestBody: thread,
              media: { mimeType: 'message/rfc822', body: Readable.from(pieces(raw, options.progress)) },
            },
            { rootUrl: google.rootUrl },
          ),
        );
  options.progress(raw.byteLength, raw.byteLength);
  return await resultOf(working, sent, options);
}

/**
 * What was sent, as Gmail shows it: under its own Message-ID. Where it cannot be read just now it is sent all the same,
 * and comes with the history a moment later.
 */
async function resultOf(
  working: Working,
  sent: { readonly id: string; readonly threadId: string },
  { signal }: SendOptions,
): Promise<SendResult> {
  working.lookAround();
  const key = messageKey(sent.id);
  try {
    const events = await fetchMessages(working, [sent], { signal });
    const at = events.flatMap((event) => (event.type === 'message' ? [event.message.at] : []))[0];
    return { is: 'sent', key, at: at ?? working.context.clock.now(), events };
  } catch (error) {
    working.context.log.info('what was sent could not be read back yet', { error });
    return { is: 'sent', key, at: working.context.clock.now() };
  }
}

function* pieces(raw: Uint8Array, progress: SendOptions['progress']): Generator<Uint8Array> {
  for (let start = 0; start < raw.byteLength; start += chunkBytes) {
    yield raw.subarray(start, start + chunkBytes);
    progress(Math.min(start + chunkBytes, raw.byteLength), raw.byteLength);
  }
}

/** Newest sent messages that are looked through. */
const lookedThrough = 25;
/** Sent messages older than the try by more than this end the search: clocks differ, ms. */
const clockDifferenceMs = 15 * 60_000;
/** A request that was cut off may still be worked on at Google for this long, ms. */
const settlingMs = 60_000;

/**
 * Did it arrive? Headers cannot be searched for, so the newest sent messages are looked through for our own. Not found
 * means absent only once a request that was still under way would have ended.
 */
export function reconciler(working: Working) {
  /** When each transaction was first looked for, Unix ms. */
  const since = new Map<string, number>();
  return async (message: OutgoingMessage, options: SendOptions): Promise<Reconciled> => {
    const { google, context } = working;
    const call = { signal: options.signal };
    const { messages = [] } = await google.call(MessageList, call, () =>
      google.users.messages.list({ userId: 'me', labelIds: ['SENT'], maxResults: lookedThrough }),
    );
    for (const { id } of messages) {
      const one = await headersOf(working, id, options.signal);
      if (!one) continue;
      if (txnIn(one.payload) === options.txn) {
        since.delete(options.txn);
        return { is: 'sent', result: await resultOf(working, one, options) };
      }
      if ((one.internalDate ?? Number.POSITIVE_INFINITY) < message.at - clockDifferenceMs) break;
    }
    const now = context.clock.now();
    const first = since.get(options.txn) ?? now;
    since.set(options.txn, first);
    if (now - Math.max(first, message.at) < settlingMs)
      return { is: 'undecided', why: 'Gmail may still be working on the message.' };
    since.delete(options.txn);
    return { is: 'absent' };
  };
}

/** Labels and our own header of a message; undefined when it is gone. */
export async function headersOf({ google }: Working, id: string, signal: AbortSignal): Promise<Message | undefined> {
  try {
    return await google.call(Message, { signal }, () =>
      google.users.messages.get({ userId: 'me', id, format: 'metadata', metadataHeaders: [ownHeader, 'Message-ID'] }),
    );
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'not-found') return undefined;
    throw error;
  }
}
