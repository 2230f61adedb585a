import type { DraftView, RemoteDraft } from '../../../src-shared/ipc/index.ts';
import type { ConversationId, DraftId, MessageId, Recipient } from '../../../src-shared/model/index.ts';

/** A draft as the list shows it. */
export interface DraftEntry {
  readonly key: string;
  readonly recipients: readonly Recipient[];
  readonly subject: string | null;
  /** Its beginning, on one line. */
  readonly words: string;
  /** Unix ms. */
  readonly at: number;
  readonly from:
    | {
        readonly is: 'here';
        readonly id: DraftId;
        readonly conversation: ConversationId | null;
        readonly elsewhere: boolean;
      }
    | { readonly is: 'elsewhere'; readonly message: MessageId };
}

const words = (draft: DraftView): string =>
  (draft.format === 'html'
    ? (new DOMParser().parseFromString(draft.text, 'text/html').body.textContent ?? '')
    : draft.text
  )
    .replace(/\s+/g, ' ')
    .slice(0, 200);

/** Drafts written here and those begun elsewhere, the last touched first. */
export function entriesOf(drafts: readonly DraftView[], remote: readonly RemoteDraft[]): readonly DraftEntry[] {
  const here = drafts.map((draft): DraftEntry => {
    const { id, conversation, elsewhere, recipients, subject, updatedAt } = draft;
    return {
      key: `draft ${id}`,
      recipients,
      subject,
      words: words(draft),
      at: updatedAt,
      from: { is: 'here', id, conversation, elsewhere },
    };
  });
  const there = remote.map(
    ({ message, recipients, subject, preview, at }): DraftEntry => ({
      key: `message ${message}`,
      recipients: recipients.filter(({ role }) => role !== 'reply-to'),
      subject: subject ?? '',
      words: preview,
      at,
      from: { is: 'elsewhere', message },
    }),
  );
  return [...here, ...there].toSorted((a, b) => b.at - a.at);
}
