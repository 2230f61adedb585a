import type { ConversationId } from '../../../src-shared/model/index.ts';
import type { Work } from '../ingest/work.ts';

/** Adds to the count of drafts in a conversation. */
export function countDraft(work: Work, conversation: ConversationId | null, by: number): void {
  if (conversation === null) return;
  work.conversation(conversation).row.drafts += by;
}
