import { ConversationId } from '../../../../src-shared/ids.ts';
import type { ConversationView, MessageView } from '../../../../src-shared/ipc/index.ts';
import type { Client } from '../../../client/index.ts';

/** The conversation a page is to print (`?paper=120`), or null in every other window. */
export function paperIn({ search }: Pick<Location, 'search'>): ConversationId | null {
  const parsed = ConversationId.safeParse(Number(new URLSearchParams(search).get('paper')));
  return parsed.success ? parsed.data : null;
}
export const paperAddress = (conversation: ConversationId): string => `?paper=${conversation}`;

/** All that is to stand on the paper, oldest first. */
export interface Whole {
  readonly view: ConversationView;
  readonly messages: readonly MessageView[];
  /** There are older ones, which a page could not hold. */
  readonly cut: boolean;
}
/** More would be a book: a page of so many is about what one can hold, and what a PDF of can still be opened. */
const most = 10_000;
const pageSize = 200;

/** Rejects when it cannot be had. */
export async function wholeConversation(client: Client, id: ConversationId): Promise<Whole | null> {
  const view = await client.call('conversation.get', { conversation: id });
  if (view === null) return null;
  const pages: (readonly MessageView[])[] = [];
  let held = 0;
  let cursor: string | undefined;
  do {
    const page = await client.call('conversation.page', {
      conversation: id,
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    });
    pages.unshift(page.messages);
    held += page.messages.length;
    cursor = page.messages.length === 0 ? undefined : page.older;
  } while (cursor !== undefined && held < most);
  return { view, messages: pages.flat(), cut: cursor !== undefined };
}
