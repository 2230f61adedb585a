/** What was written and not sent yet, here and on the network. */
import { z } from 'zod';
import {
  type AccountId,
  ConversationId,
  DraftId,
  type Media,
  type Mention,
  MessageId,
  type Recipient,
  type UserKey,
} from '../model/index.ts';
import { call, limit } from './call.ts';
import { Composition } from './compose.ts';

/** A draft of this computer. */
export interface DraftView {
  readonly id: DraftId;
  readonly account: AccountId;
  readonly conversation: ConversationId | null;
  readonly from: UserKey | null;
  readonly recipients: readonly Recipient[];
  readonly subject: string | null;
  readonly text: string;
  readonly format: 'plain' | 'markdown' | 'html';
  readonly attachments: readonly Media[];
  readonly replyTo: MessageId | null;
  readonly forwards: MessageId | null;
  readonly thread?: MessageId | null | undefined;
  readonly mentions?: readonly Mention[] | undefined;
  /** Unix ms. */
  readonly updatedAt: number;
  /** Its copy on the network was changed or thrown away elsewhere meanwhile: what is there now stands beside it. */
  readonly elsewhere: boolean;
}

/** A draft the network keeps that was not gone on with here yet. */
export interface RemoteDraft {
  readonly message: MessageId;
  readonly account: AccountId;
  readonly conversation: ConversationId;
  readonly recipients: readonly Recipient[];
  readonly subject: string | null;
  readonly preview: string;
  /** When it was last written, Unix ms. */
  readonly at: number;
}

export const draftCalls = {
  /** The last written first. */
  'drafts.list': call(z.object({ limit })).returns<readonly DraftView[]>(),
  'drafts.get': call(
    z.object({
      conversation: ConversationId.nullable(),
      draft: DraftId.optional(),
      /** The one that is written into this thread; else the one that is written into none. */
      thread: MessageId.optional(),
    }),
  ).returns<DraftView | null>(),
  /** The newest first. */
  'drafts.remote': call(z.object({ limit })).returns<readonly RemoteDraft[]>(),
  /**
   * Goes on here with a draft of the network: the one named, or the newest of a conversation; null when there is none.
   * Its files are fetched first, which may fail while offline.
   */
  'drafts.take': call(
    z.object({ message: MessageId }).or(z.object({ conversation: ConversationId })),
  ).returns<DraftView | null>(),
  'drafts.save': call(Composition.extend({ draft: DraftId.optional() })).returns<{ draft: DraftId }>(),
  /** Its copy on the network goes too. */
  'drafts.discard': call(z.object({ draft: DraftId })).returns<null>(),
};
