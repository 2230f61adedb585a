import type { Reconciled, SendOptions } from '../../../src-shared/channel.ts';
import type { OutgoingMessage } from '../../../src-shared/model/index.ts';
import { priorities } from '../imap/connection.ts';
import { searchMessageId } from '../operations/locate.ts';
import type { Working } from '../working.ts';
import { compositionOf } from './compose.ts';
import { accepted, offeredAt, sendMail, whenOffered } from './send.ts';

/** How long a provider that files sent mail by itself may take to do so, ms. */
const filingMs = 120_000;

/**
 * Did it go out? Surely not before it was offered whole. After that the folders where a copy would show are searched for the Message-ID: Sent, and the inbox and all mail,
 * since who writes to themselves or to a list gets it back. Found means sent. Not found means absent only where the
 * provider files every sent message itself and had the time to; elsewhere the copy under Sent is ours to make and its
 * absence says nothing.
 */
export async function reconcileMail(
  working: Working,
  message: OutgoingMessage,
  options: SendOptions,
): Promise<Reconciled> {
  if (options.stage === accepted) return { is: 'sent', result: await sendMail(working, message, options) };
  const offered = whenOffered(options.stage);
  if (offered === undefined) return { is: 'absent' };
  const { compose } = compositionOf(working, message, options.txn);
  for (const path of working.shownIn(['sent', 'inbox', 'all', 'archive'])) {
    const found = await working.work().use(
      priorities.person,
      async (client) => {
        await client.mailboxOpen(path, { readOnly: true });
        return await searchMessageId(client, compose.messageId);
      },
      { signal: options.signal },
    );
    if (found.length > 0) {
      await options.reached(accepted);
      return { is: 'sent', result: await sendMail(working, message, { ...options, stage: accepted }) };
    }
  }
  if (!working.config.savesSent)
    return {
      is: 'undecided',
      why: 'The connection broke just as the server took the message. It may have gone out: this provider keeps no record that could be asked.',
    };
  const now = working.context.clock.now();
  // It was offered by a version that did not write down when: the wait begins now.
  if (Number.isNaN(offered)) await options.reached(offeredAt(now));
  return now - offered >= filingMs
    ? { is: 'absent' }
    : { is: 'undecided', why: 'The provider may still be filing the message.' };
}
