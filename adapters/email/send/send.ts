import { ChannelError, type SendOptions, type SendResult } from '../../../src-shared/channel.ts';
import { asMessageKey, type ChannelEvent, type OutgoingMessage } from '../../../src-shared/model/index.ts';
import { composeMail } from '../../_kit/mail/index.ts';
import { folderLabel } from '../ids.ts';
import { priorities } from '../imap/connection.ts';
import { appendOnce } from '../operations/drafts.ts';
import { storeFlags } from '../operations/flag.ts';
import { placesOf, uidsIn } from '../operations/locate.ts';
import type { Working } from '../working.ts';
import { compositionOf, filesOf } from './compose.ts';
import { openSmtp } from './smtp.ts';

/**
 * The last piece is about to go: from here on the server may have the message, before it surely had not. When that was,
 * Unix ms, stands behind it.
 */
const offered = 'offered';
export const offeredAt = (at: number): string => `${offered} ${at}`;
/** When it was offered whole, Unix ms; undefined when it never was, NaN when nobody wrote down when. */
export const whenOffered = (stage: string | undefined): number | undefined =>
  stage?.startsWith(offered) ? Number(stage.slice(offered.length + 1) || Number.NaN) : undefined;
/** The server has taken the message over: it must never be sent again. What is left is housekeeping. */
export const accepted = 'accepted';

/**
 * Sends over SMTP, then files the copy under Sent and marks what was answered. The second half may fail and be tried
 * again on its own: `stage` keeps the first from being repeated.
 */
export async function sendMail(working: Working, message: OutgoingMessage, options: SendOptions): Promise<SendResult> {
  const { context, config } = working;
  const { key, links, compose } = compositionOf(working, message, options.txn);
  const files = await filesOf(message, options.open);
  const events: ChannelEvent[] = [];

  if (options.stage !== accepted) {
    const { raw, envelope } = await composeMail(message, { ...compose, files, bcc: 'strip' });
    if (envelope.to.length === 0) throw new ChannelError('recipients', 'refused', 'The message has no recipient.');
    const smtp = await openSmtp(config, await working.secret(), options.signal);
    try {
      const delivery = await smtp.send(envelope, raw, {
        progress: (sent) => options.progress(sent, raw.byteLength),
        offering: () => options.reached(offeredAt(context.clock.now())),
      });
      await options.reached(accepted);
      if (delivery.rejected.length > 0)
        events.push({
          type: 'message',
          message: {
            key: asMessageKey(`rejected:${compose.messageId}`),
            links: [`rejected.${compose.messageId}`, ...links],
            from: { is: 'system' },
            at: context.clock.now(),
            parts: [
              {
                kind: 'system',
                event: 'not-delivered',
                text: `Not delivered to ${delivery.rejected
                  .map(({ address, words }) => (words ? `${address} (${words})` : address))
                  .join(', ')}. Everyone else has it.`,
              },
            ],
          },
        });
    } finally {
      smtp.close();
    }
  }

  if (!config.savesSent) {
    const { raw } = await composeMail(message, { ...compose, files, bcc: 'keep' });
    const path = await working.folder('sent');
    const placed = await working.filing(
      raw.byteLength,
      (client) => appendOnce(client, path, compose.messageId, raw, ['\\Seen'], new Date(message.at)),
      options.signal,
    );
    if (placed.ref !== undefined)
      events.push({
        type: 'placed',
        target: key,
        label: folderLabel(path),
        ref: placed.ref,
        on: true,
        at: context.clock.now(),
      });
  }
  events.push(...(await markAnswered(working, message, options.signal)));
  working.lookAround();
  return { is: 'sent', key, at: message.at, events };
}

/** The star of an answer is a courtesy to other clients: when it cannot be set, the message is sent all the same. */
async function markAnswered(
  { context, work }: Working,
  message: OutgoingMessage,
  signal: AbortSignal,
): Promise<readonly ChannelEvent[]> {
  const original = message.forwards ?? message.replyTo;
  if (original === undefined) return [];
  const flags = message.forwards === undefined ? { answered: true } : { forwarded: true };
  const word = message.forwards === undefined ? '\\Answered' : '$Forwarded';
  try {
    for (const [path, places] of await placesOf(context, [original]))
      await work().use(
        priorities.person,
        async (client) => {
          const mailbox = await client.mailboxOpen(path);
          const found = await uidsIn(client, mailbox, places);
          await storeFlags(client, mailbox, [...found.values()].flat(), { add: [word], remove: [] });
        },
        { signal },
      );
  } catch (error) {
    context.log.warn('the answered message could not be marked', { reason: String(error) });
  }
  return [{ type: 'flags', target: original, flags, at: context.clock.now() }];
}
