import { ChannelError } from '../../../src-shared/channel.ts';
import { cutShort, marksOf, nameOf } from '../map/reactions.ts';
import { ReactionsOf } from '../wire/answers.ts';
import { Message, Reaction } from '../wire/message.ts';
import { isRecord } from '../wire/soft.ts';
import type { Asked } from './history.ts';
import type { Trace } from './trace.ts';
import type { Work } from './work.ts';

/** True unless everybody a reaction counts is listed, or was known before. */
export function lacksReactions({ reactions = [] }: Message, former?: Trace): boolean {
  const cut = cutShort(reactions);
  if (cut.size === 0) return false;
  const known = new Set([...marksOf(reactions), ...(former?.marks ?? [])]);
  return reactions.some((raw) => {
    const read = Reaction.safeParse(raw).data;
    return read && cut.has(read.name) && [...known].filter((mark) => nameOf(mark) === read.name).length !== read.count;
  });
}

/** The same message with everybody who reacted: of many, pages and events name only some. */
export async function withAllReactions(work: Work, channel: string, raw: unknown, asked: Asked): Promise<unknown> {
  const ts = Message.safeParse(raw).data?.ts;
  if (!isRecord(raw) || ts === undefined) return raw;
  try {
    const { message } = await work.web.call(
      'reactions.get',
      { channel, timestamp: ts, full: true },
      { answer: ReactionsOf, ...asked },
    );
    return message?.reactions ? { ...raw, reactions: message.reactions } : raw;
  } catch (error) {
    // Gone meanwhile, or not for us to see: what the page says is what there is.
    if (error instanceof ChannelError && error.outcome === 'refused' && error.code !== 'auth') return raw;
    throw error;
  }
}
