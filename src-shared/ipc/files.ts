/** Files of messages. */
import { z } from 'zod';
import { AccountId, AttachmentId, type BlobRef, ConversationId, type MessageId, PersonId } from '../model/index.ts';
import { call, limit } from './call.ts';

/** A file of a message. */
export interface AttachmentView {
  readonly id: AttachmentId;
  readonly ref: BlobRef;
  readonly message: MessageId;
  readonly name: string;
  readonly mime: string;
  /** Null where the network does not say. */
  readonly bytes: number | null;
  /** Belongs to the looks of an HTML letter, which names it by `contentId`. */
  readonly inline: boolean;
  readonly contentId: string | null;
  /** `remote`: its bytes are not here yet. */
  readonly state: 'remote' | 'local' | 'failed';
}

/** By media type, and by the ending of the name where that says nothing. */
export const fileKinds = ['image', 'video', 'audio', 'document', 'archive', 'other'] as const;
export type FileKind = (typeof fileKinds)[number];

/** A file in the list of all of them. */
export interface FileRow extends AttachmentView {
  readonly kind: FileKind;
  readonly conversation: ConversationId;
  readonly account: AccountId;
  /** Of its message, Unix ms. */
  readonly at: number;
  /** Who sent it; empty for oneself. */
  readonly author: string;
  readonly fromMe: boolean;
  /** The conversation's title or subject. */
  readonly title: string;
}
export interface FilesPage {
  readonly files: readonly FileRow[];
  readonly next?: string;
}

/** Files of every message, newest first; pictures that belong to a letter's looks are left out. */
export const FilesQuery = z.object({
  /** Any part of a file's name. */
  text: z.string().max(200).optional(),
  kind: z.enum(fileKinds).optional(),
  account: AccountId.optional(),
  conversation: ConversationId.optional(),
  person: PersonId.optional(),
  minBytes: z.number().int().nonnegative().optional(),
  cursor: z.string().optional(),
  limit,
});
export type FilesQuery = z.infer<typeof FilesQuery>;

export const fileCalls = {
  'files.page': call(FilesQuery).returns<FilesPage>(),
  /** Fetches it if need be; then the host serves it at its own attachment address. */
  'attachment.fetch': call(z.object({ attachment: AttachmentId })).returns<AttachmentView>(),
  /** To that path, in the place of what is there; refused with `cannot-write` where it cannot be. */
  'attachment.save': call(z.object({ attachment: AttachmentId, path: z.string().min(1).max(4096) })).returns<{
    path: string;
  }>(),
};
