import { ConversationId } from '../../../src-shared/ids.ts';

/** The conversation a window was opened for alone (`?conversation=120`), or null in a window of everything. */
export function aloneIn({ search }: Pick<Location, 'search'>): ConversationId | null {
  const parsed = ConversationId.safeParse(Number(new URLSearchParams(search).get('conversation')));
  return parsed.success ? parsed.data : null;
}
