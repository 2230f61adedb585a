/** One message, as it stands in its conversation. */
import { z } from 'zod';
import {
  type AccountId,
  type ConversationId,
  type Flags,
  type LabelId,
  MessageId,
  type MessageKey,
  type Part,
  type PersonId,
  type Recipient,
  type UserKey,
} from '../model/index.ts';
import { call } from './call.ts';
import type { AttachmentView } from './files.ts';
import type { Delivery } from './outbox.ts';
import type { PersonRef } from './person-ref.ts';

/** Somebody a message names, and who that is here. */
export interface MentionView {
  readonly key: UserKey;
  /** As it stands in the text, with or without an @ before it. */
  readonly name: string;
  readonly me: boolean;
  readonly person: PersonId | null;
}

/** The thread a message begins or answers in. */
export interface ThreadView {
  /** The message it began with; null while that is not here. */
  readonly root: MessageId | null;
  /** Of that message. */
  readonly author: string;
  readonly snippet: string;
  readonly replies: number;
  readonly unread: number;
  /** Of the last reply, Unix ms; null while there is none. */
  readonly lastAt: number | null;
}

/** A message with all that is shown of it. */
export interface MessageView {
  readonly id: MessageId;
  readonly conversation: ConversationId;
  readonly account: AccountId;
  readonly key: MessageKey;
  readonly author: PersonRef | null;
  readonly fromMe: boolean;
  /** Told by the network itself: somebody joined, a title was changed. */
  readonly system: boolean;
  /** Unix ms. */
  readonly at: number;
  readonly subject: string | null;
  readonly parts: readonly Part[];
  readonly attachments: readonly AttachmentView[];
  readonly recipients: readonly Recipient[];
  readonly replyTo: { readonly id: MessageId; readonly author: string; readonly snippet: string } | null;
  /** A name. */
  readonly forwardedFrom: string | null;
  readonly reactions: readonly {
    readonly emoji: string;
    readonly count: number;
    readonly mine: boolean;
    /** Names. */
    readonly by: readonly string[];
  }[];
  readonly flags: Flags;
  readonly labels: readonly LabelId[];
  /** Of what was written here; null where there is nothing to tell (any more). */
  readonly delivery: Delivery | null;
  /** Names of those whose receipts came. */
  readonly readBy: readonly string[];
  /** When last, Unix ms, and how many wordings there are, the one shown among them. */
  readonly edited: { readonly at: number; readonly versions: number } | null;
  readonly removed: boolean;
  /** Whether `message.source` has something to show. */
  readonly hasSource: boolean;
  /** Absent where it is in none. */
  readonly thread?: ThreadView;
  /** Absent where nobody is named. */
  readonly mentions?: readonly MentionView[];
}

export const messageCalls = {
  'message.get': call(z.object({ message: MessageId })).returns<MessageView | null>(),
  /** The message as its network keeps it, the first 1,000,000 bytes; may be fetched, and then be refused as `offline`. */
  'message.source': call(z.object({ message: MessageId })).returns<{ text: string; truncated: boolean } | null>(),
  /** All its wordings, oldest first, the one shown now last. `at`: Unix ms. */
  'message.versions': call(z.object({ message: MessageId })).returns<
    readonly { at: number; parts: readonly Part[] }[]
  >(),
};
