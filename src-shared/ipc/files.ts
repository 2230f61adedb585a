/** Files of messages. */
import { z } from 'zod';
import { AccountId, AttachmentId, type BlobRef, ConversationId, type MessageId, PersonId } from '../model/index.ts';
import { call, limit } from './call.ts';

export interface AttachmentView {
  readonly id: AttachmentId;
  readonly ref: BlobRef;
  readonly message: MessageId;
  readonly name: string;
  readonly mime: string;
  readonly bytes: number | null;
  readonly inline: boolean;
  readonly contentId: string | null;
  readonly state: 'remote' | 'local' | 'failed';
}
export const fileKinds = ['image', 'video', 'audio', 'document', 'archive', 'other'] as const;
export type FileKind = (typeof fileKinds)[number];
export interface FileRow extends AttachmentView {
  readonly kind: FileKind;
  readonly conversation: ConversationId;
  readonly account: AccountId;
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
  'attachment.save': call(z.object({ attachment: AttachmentId, path: z.string().min(1).max(4096) })).returns<{
    path: string;
  }>(),
};
