import { ChannelError, type Reconciled, type SendOptions } from '../../../src-shared/channel.ts';
import type { OutgoingMessage } from '../../../src-shared/model/index.ts';
import { compareTs, type Ts, tsOf } from '../ids.ts';
import { txnOf } from '../map/message.ts';
import { historyPage, type PageOf, threadPage } from '../sync/history.ts';
import type { Work } from '../sync/work.ts';
import { Message } from '../wire/message.ts';
import { compose } from './compose.ts';
import { filesIn, shown, shownAtLast } from './files.ts';
import { sent } from './sent.ts';

const pageSize = 200;
const mostPages = 10;
/** Two machines' clocks differ; nothing of ours is older than the moment of sending by more than this, ms. */
const slackMs = 600_000;

/** Did it arrive? Files are known by their ids, messages by the transaction in their metadata. */
export async function reconcile(work: Work, message: OutgoingMessage, options: SendOptions): Promise<Reconciled> {
  const { channel, thread, media } = await compose(work, message, options.signal);
  if (media.length > 0) return reconcileFiles(work, channel, options);
  const asked = { signal: options.signal, background: false };
  const from = tsOf(Math.max(0, message.at - slackMs));
  // A thread is read from its beginning, which may be thousands of answers ago.
  let place: Ts | undefined = thread === undefined ? undefined : from;
  for (let pages = 0; pages < mostPages; pages++) {
    let page: PageOf;
    try {
      page =
        thread === undefined
          ? await historyPage(work.web, channel, place, pageSize, asked)
          : await threadPage(work.web, channel, thread, place, pageSize, asked);
    } catch (error) {
      if (error instanceof ChannelError && error.code === 'thread_not_found') return { is: 'absent' };
      throw error;
    }
    const found = page.messages.flatMap((raw) => {
      const one = Message.safeParse(raw).data;
      return one ? [{ raw, one }] : [];
    });
    const ours = found.find(({ one }) => txnOf(one, work.me) === options.txn);
    if (ours) return { is: 'sent', result: await sent(work, channel, ours.one.ts, ours.raw, options) };
    const times = found.map(({ one }) => one.ts).toSorted(compareTs);
    const last = thread === undefined ? times[0] : times.at(-1);
    const passed = thread === undefined && last !== undefined && compareTs(last, from) < 0;
    if (!page.more || last === undefined || last === place || passed) return { is: 'absent' };
    place = last;
  }
  return { is: 'undecided', why: 'So much was written since that Slack was not searched to the end.' };
}

async function reconcileFiles(work: Work, channel: string, options: SendOptions): Promise<Reconciled> {
  const ts = await shownAtLast(work, channel, filesIn(options.stage), options.signal);
  return ts === undefined ? { is: 'absent' } : { is: 'sent', result: await shown(work, channel, ts, options) };
}
