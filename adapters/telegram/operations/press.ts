import { ChannelError, type Done, type Operations } from '../../../src-shared/channel.ts';
import type { Account } from '../account.ts';
import { messageKey, type Peer } from '../ids.ts';
import { callbackData } from '../map/buttons.ts';
import { toMessage } from '../map/message.ts';
import { optionBytes } from '../map/poll.ts';
import { isWord } from '../remote/errors.ts';
import { type Plain, textOf } from '../remote/plain.ts';
import { fetchMessage } from '../sync/history.ts';

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
/** The poll with its votes as they are now. A vote is no edit and has no version of its own: the time stands for one. */
async function pollAgain(account: Account, peer: Peer, id: number, signal: AbortSignal): Promise<Done['events']> {
  const found = toMessage(await fetchMessage(account, messageKey(peer, id), signal), account);
  const version = Math.floor(account.context.clock.now() / 1000);
  return found ? [{ type: 'message', message: { ...found, version: Math.max(version, found.version ?? 0) } }] : [];
}
