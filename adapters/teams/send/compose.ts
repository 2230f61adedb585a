import { ChannelError, type SendOptions } from '../../../src-shared/channel.ts';
import { type Media, mediaOf, type OutgoingMessage } from '../../../src-shared/model/index.ts';
import { type Place, placeOf, spotIn } from '../ids.ts';
import { type Written, write } from '../text/write.ts';
import type { Working } from '../working.ts';
import { openChat } from './chat.ts';

/** What goes out, and where: into a chat (perhaps quoting), a channel, or a thread of it. */
export interface Composed extends Written {
  readonly place: Place;
  /** Channels: the first message of the thread. */
  readonly root: string | undefined;
  /** Chats: the message that is quoted. */
  readonly quotes: string | undefined;
  readonly media: readonly Media[];
}

export function compose(message: OutgoingMessage, place: Place): Composed {
  const written = write(message, place);
  const media = message.parts.flatMap(mediaOf);
  if (written.html === '' && media.length === 0)
    throw new ChannelError('no-text', 'refused', 'There is nothing to send.');
  const thread = message.threadRoot && spotIn(message.threadRoot);
  const answered = message.replyTo && spotIn(message.replyTo);
  const root = place.is === 'channel' ? (thread?.id ?? answered?.root ?? answered?.id) : undefined;
  const quotes = place.is === 'chat' ? answered?.id : undefined;
  return { ...written, place, root, quotes, media };
}

/** Where it goes; with people instead of a conversation, the chat with exactly them. */
export async function placeFor(working: Working, message: OutgoingMessage, options: SendOptions): Promise<Place> {
  if (message.conversation !== undefined) {
    const place = placeOf(message.conversation);
    if (!place) throw new ChannelError('not-found', 'refused', 'Teams has no such conversation.');
    return place;
  }
  return await openChat(
    working,
    '',
    (message.recipients ?? []).map(({ key }) => key),
    options,
  );
}
