import { ChannelError, type SendOptions, type SendResult } from '../../src-shared/channel.ts';
import {
  asMessageKey,
  type ChannelEvent,
  type IncomingMessage,
  type MessageKey,
  mediaOf,
  type OutgoingMessage,
  type TxnId,
} from '../../src-shared/model/index.ts';
import type { Network } from './networks.ts';
import type { Place } from './place.ts';
import { answer } from './replies.ts';
import { linkOf, orderOf, placement } from './world/build.ts';

/** The key a sent message has: made of its transaction alone, so that sending twice is sending once. */
export const outgoingKey = (network: Network, txn: TxnId): MessageKey => asMessageKey(linkOf(network, `sent.${txn}`));
const echoAfterMs = 400;

/** Words that make the pretend network misbehave, for whoever wants to see what happens then. */
function misbehave(message: OutgoingMessage): void {
  const first = message.parts.find((part) => part.kind === 'text');
  switch (first?.text.trim()) {
    case '/refuse':
      throw new ChannelError('refused', 'refused', 'The demo world refuses this message, as you asked.');
    case '/busy':
      throw new ChannelError('busy', 'not-done', 'The demo world is busy, as you asked.', { retryAfterMs: 5000 });
    case '/unknown':
      throw new ChannelError('timeout', 'unknown', 'The demo world does not say whether it arrived, as you asked.');
    default:
  }
}

/** Reads every file that goes out, as a network would, and tells how far it is. */
async function carry(message: OutgoingMessage, options: SendOptions): Promise<void> {
  const media = message.parts.flatMap((part) => mediaOf(part));
  let carried = 0;
  const total = media.reduce((sum, one) => sum + (one.bytes ?? 0), 0);
  for (const { ref } of media) {
    carried += (await options.open(ref)).byteLength;
    options.progress(carried, Math.max(total, carried));
  }
}

/** The message as its own network tells it back. */
function echo(place: Place, message: OutgoingMessage, txn: TxnId, at: number): IncomingMessage {
  const { network } = place;
  const key = outgoingKey(network, txn);
  const { conversation, recipients, subject, parts, mentions, replyTo, threadRoot } = message;
  const linked = conversation === undefined || network.style === 'mail';
  return {
    key,
    txn,
    from: { is: 'me', key: message.from ?? network.me },
    at,
    parts,
    flags: { read: true },
    ...(linked ? { links: [key, ...(message.references ?? [])] } : { conversation, ...orderOf(network, at) }),
    ...(subject === undefined ? {} : { subject }),
    ...(recipients === undefined ? {} : { recipients }),
    ...(mentions === undefined ? {} : { mentions }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(threadRoot === undefined ? {} : { threadRoot }),
    placements: [network.style === 'mail' ? placement('sent', key) : placement('inbox', key, conversation)],
  };
}

export async function send(place: Place, message: OutgoingMessage, options: SendOptions): Promise<SendResult> {
  const { context, network, tasks } = place;
  options.signal.throwIfAborted();
  misbehave(message);
  await carry(message, options);
  await options.reached('accepted');
  const at = context.clock.now();
  const told = echo(place, message, options.txn, at);
  if (place.config.speed > 0) tasks.start('answer', (signal) => answer(place, message, told, signal), context);
  const events: readonly ChannelEvent[] = [{ type: 'message', message: told }];
  if (!network.echoes) return { is: 'sent', key: told.key, at, ...orderOf(network, at), events };
  tasks.start(
    'echo',
    async (signal) => {
      await context.clock.sleep(echoAfterMs, signal);
      await context.emit({ events, origin: 'live' });
    },
    context,
  );
  return { is: 'await-echo' };
}
