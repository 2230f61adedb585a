import { ChannelError, type Done, type Operations } from '../../../src-shared/channel.ts';
import type { Account } from '../account.ts';
import type { Peer } from '../ids.ts';
import { callbackData } from '../map/buttons.ts';
import { optionBytes } from '../map/poll.ts';
import { isWord } from '../remote/errors.ts';
import { type Plain, textOf } from '../remote/plain.ts';
import { pollAgain } from '../sync/poll.ts';

type Press = Operations['press']['apply'];
interface Place {
  readonly peer: Peer;
  readonly input: Plain;
  readonly id: number;
}
/** A bot may take its time; after this long Telegram itself gives up (BOT_RESPONSE_TIMEOUT), ms. */
const botWithinMs = 60_000;

/** Presses a button that calls its bot, or answers a poll (core.telegram.org/api/bots/buttons, core.telegram.org/api/poll). */
export async function press(
  account: Account,
  { peer, input, id }: Place,
  choice: Parameters<Press>[1],
  signal: AbortSignal,
  settled: (answer: Plain) => Promise<Done>,
): ReturnType<Press> {
  if ('options' in choice) {
    const fields = { peer: input, msgId: id, options: choice.options.map(optionBytes) };
    const done = await settled(await account.call('messages.SendVote', fields, { signal, changes: true }));
    return { events: [...done.events, ...(await pollAgain(account, peer, id, signal))] };
  }
  const data = callbackData(choice.button);
  if (!data) throw new ChannelError('refused', 'refused', 'This button cannot be pressed here. Use the Telegram app.');
  try {
    const fields = { peer: input, msgId: id, data };
    const how = { signal, changes: true, withinMs: botWithinMs };
    const answer = await account.call('messages.GetBotCallbackAnswer', fields, how);
    const notice = textOf(answer, 'message') ?? textOf(answer, 'url');
    return { events: [], ...(notice ? { notice } : {}) };
  } catch (cause) {
    // The bot has been told; it only did not say anything.
    if (isWord(cause, 'BOT_RESPONSE_TIMEOUT')) return { events: [], notice: cause.message };
    throw cause;
  }
}
