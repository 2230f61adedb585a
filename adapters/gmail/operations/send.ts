import type { z } from 'zod';
import { ChannelError, type Reconciled, type SendOptions, type SendResult } from '../../../src-shared/channel.ts';
import type { OutgoingMessage } from '../../../src-shared/model/index.ts';
import { fetchMessages } from '../fetch.ts';
import { messageKey, ownHeader } from '../ids.ts';
import { txnIn } from '../map.ts';
import { Message, MessageList, Stub } from '../wire.ts';
import type { Working } from '../working.ts';
import { composeFor } from './compose.ts';
import { handOver } from './hand-over.ts';

/** Noted before the request goes out: without it Gmail surely has nothing. */
const offered = 'offered';
/** Noted once Gmail has answered: from then on there is nothing to send any more. */
const accepted = 'accepted';
/** Offered, and not found by a look: with the time since when no request can still have been begun, Unix ms. */
const soughtStage = (since: number): string => `${offered} before ${since}`;
const soughtSince = (stage: string | undefined): number | undefined => {
  const since = /^offered before (\d+)$/.exec(stage ?? '')?.[1];
  return since === undefined ? undefined : Number(since);
};

export interface Outgoing {
  /** Sends once. A request whose fate nobody knows is never repeated here: `reconcile` looks first. */
  send(message: OutgoingMessage, options: SendOptions): Promise<SendResult>;
  /**
   * Did it arrive? Headers cannot be searched for, so the newest sent messages are looked through for our own. Not found
   * means absent only once a request that was still under way would have ended.
   */
  reconcile(message: OutgoingMessage, options: SendOptions): Promise<Reconciled>;
}

/** `opened`: when this session began, Unix ms; whatever an earlier one had under way was broken off by then. */
export function outgoing(working: Working, opened: number): Outgoing {
  const { context } = working;
  /** When this session last offered each transaction, Unix ms. */
  const offeredAt = new Map<string, number>();
  return {
    async send(message, options) {
      if (options.stage === accepted) {
        const found = await findSent(working, message, options);
        if (found) return await resultOf(working, found, options);
        throw new ChannelError('unknown', 'unknown', 'Gmail took the message, but does not show it yet.');
      }
      const composed = await composeFor(working, message, { ...options, draft: false });
      await options.reached(offered);
      let sent: z.infer<typeof Stub>;
      try {
        sent = await handOver(working.google, Stub, composed, options, ({ message: requestBody, media, root }) =>
          working.google.users.messages.send({ userId: 'me', requestBody, ...media }, root),
        );
      } catch (error) {
        offeredAt.set(options.txn, context.clock.now());
        throw error;
      }
      offeredAt.delete(options.txn);
      // It is sent, whether or not that can still be noted.
      await options
        .reached(accepted)
        .catch((error: unknown) => context.log.warn('that a message was sent could not be noted', { error }));
      return await resultOf(working, sent, options);
    },
    async reconcile(message, options) {
      const sought = soughtSince(options.stage);
      if (options.stage !== offered && options.stage !== accepted && sought === undefined) return { is: 'absent' };
      const found = await findSent(working, message, options);
      if (found) return { is: 'sent', result: await resultOf(working, found, options) };
      const since = offeredAt.get(options.txn) ?? sought ?? opened;
      const againInMs = since + settlingMs - context.clock.now();
      if (options.stage !== accepted && againInMs <= 0) return { is: 'absent' };
      // A program that is started again and again does not begin to wait anew.
      if (options.stage === offered) await options.reached(soughtStage(since));
      const why = 'Gmail may still be working on the message.';
      return { is: 'undecided', why, ...(options.stage !== accepted && { againInMs }) };
    },
  };
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

/** Newest sent messages that are looked through. */
const lookedThrough = 25;
/** Sent messages older than the try by more than this end the search: clocks differ, ms. */
const clockDifferenceMs = 15 * 60_000;
/** A request that was cut off may still be worked on at Google for this long, ms. */
const settlingMs = 20_000;

async function findSent(
  working: Working,
  message: OutgoingMessage,
  { txn, signal }: SendOptions,
): Promise<Message | undefined> {
  const { google } = working;
  const { messages = [] } = await google.call(MessageList, { signal }, () =>
    google.users.messages.list({ userId: 'me', labelIds: ['SENT'], maxResults: lookedThrough }),
  );
  for (const { id } of messages) {
    const one = await headersOf(working, id, signal);
    if (!one) continue;
    if (txnIn(one.payload) === txn) return one;
    if ((one.internalDate ?? Number.POSITIVE_INFINITY) < message.at - clockDifferenceMs) return undefined;
  }
  return undefined;
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
