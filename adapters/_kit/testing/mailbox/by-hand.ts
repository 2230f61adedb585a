import type { Clock, Operations, SendOptions } from '../../../../src-shared/channel.ts';
import { asTxnId, asUserKey, type OutgoingMessage } from '../../../../src-shared/model/index.ts';
import { holdParser } from '../../mail/index.ts';
import type { Recorder } from '../recorder.ts';

/** Keeps the parsing thread from one test of a file to the next; answers what ends it. */
export async function keepParser(): Promise<() => Promise<void>> {
  const held = holdParser();
  await held.parser.map([], { own: new Set() });
  return held.release;
}

/** Fetches the history to its end, committing page by page as the hub does. Answers messages' times in the order they came. */
export async function fetchHistory(
  session: { readonly backfill: Operations['backfill'] },
  record: Recorder,
  limit = 200,
): Promise<readonly number[]> {
  const { signal } = new AbortController();
  const times: number[] = [];
  let cursor: Parameters<typeof session.backfill.fetch>[0]['cursor'];
  do {
    const page = await session.backfill.fetch({ scope: 'all', cursor, limit, signal });
    await record.context.emit({ events: page.events, origin: 'history' });
    for (const event of page.events) if (event.type === 'message') times.push(event.message.at);
    cursor = page.next;
  } while (cursor !== undefined);
  return times;
}

/** Options of a send of which nothing is to be seen but what `more` says. */
export const sendOptions = (txn: string, more: Partial<SendOptions> = {}): SendOptions => ({
  txn: asTxnId(txn),
  signal: new AbortController().signal,
  stage: undefined,
  reached: async () => undefined,
  open: async () => new Uint8Array(),
  progress: () => undefined,
  ...more,
});
/** A letter to Inês. */
export const letter = (clock: Clock, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  recipients: [{ role: 'to', key: asUserKey('ines@northwind.example'), name: 'Inês' }],
  subject: 'From here',
  parts: [{ kind: 'text', format: 'plain', text: 'Dzień dobry' }],
  at: clock.now(),
  ...more,
});
