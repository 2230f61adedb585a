import type { BackfillPage } from '../../src-shared/channel.ts';
import { asCursor, type Cursor } from '../../src-shared/model/index.ts';
import { fetchMessages } from './fetch.ts';
import { messageKey } from './ids.ts';
import { MessageList } from './wire.ts';
import type { Working } from './working.ts';

const pageSize = 25;

/** Gmail's own search, for what history has not brought yet; what is here is not fetched again. */
export async function search(
  working: Working,
  text: string,
  cursor: Cursor | undefined,
  signal: AbortSignal,
): Promise<BackfillPage> {
  const { google, context } = working;
  const { messages = [], nextPageToken } = await google.call(MessageList, { signal }, () =>
    google.users.messages.list({
      userId: 'me',
      q: text,
      maxResults: pageSize,
      ...(cursor === undefined ? {} : { pageToken: cursor }),
    }),
  );
  const known = await context.lookup.known(messages.map(({ id }) => messageKey(id)));
  const events = await fetchMessages(
    working,
    messages.filter(({ id }) => !known.has(messageKey(id))),
    { signal },
  );
  return { events, done: messages.length, ...(nextPageToken === undefined ? {} : { next: asCursor(nextPageToken) }) };
}
