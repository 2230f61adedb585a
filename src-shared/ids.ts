import { z } from 'zod';

/**
 * Two families of identifiers.
 *
 * *Keys* are minted and parsed by a channel adapter alone; for everyone else they are opaque strings.
 * *Ids* are row ids of the local database; an adapter never sees one.
 * The brands make it a type error to hand one where another is meant.
 */
const key = <const B extends string>(_brand: B) => z.string().min(1).max(2048).brand<B>();
const id = <const B extends string>(_brand: B) => z.number().int().positive().brand<B>();

/** A conversation on the network. Unique over one account. */
export const ConversationKey = key('ConversationKey');
export type ConversationKey = z.infer<typeof ConversationKey>;
/** A message on the network. Unique over one account, whatever conversation it is in. */
export const MessageKey = key('MessageKey');
export type MessageKey = z.infer<typeof MessageKey>;
/** A person, bot or address as one network knows it. Unique over one account. */
export const UserKey = key('UserKey');
export type UserKey = z.infer<typeof UserKey>;
/** A folder, label or keyword on the network. Unique over one account. */
export const LabelKey = key('LabelKey');
export type LabelKey = z.infer<typeof LabelKey>;
/** Bytes the adapter can fetch again later. Unique over one message. */
export const BlobRef = key('BlobRef');
export type BlobRef = z.infer<typeof BlobRef>;
/**
 * The message itself, whole, as its network keeps it (mail: RFC 5322): a channel that can hand it out answers this in
 * `openBlob`, for every message; the others refuse.
 */
export const sourceRef: BlobRef = BlobRef.parse('source');
/** One unit of outgoing work; minted by the outbox, stable over every try. Unique for ever. */
export const TxnId = key('TxnId');
export type TxnId = z.infer<typeof TxnId>;
/** Where an adapter left off. Opaque; any JSON or token the adapter likes, as a string. */
export type Cursor = string & z.$brand<'Cursor'>;
export const Cursor = z.string().max(1_000_000).brand<'Cursor'>();

export const AccountId = id('AccountId');
export type AccountId = z.infer<typeof AccountId>;
export const ConversationId = id('ConversationId');
export type ConversationId = z.infer<typeof ConversationId>;
export const MessageId = id('MessageId');
export type MessageId = z.infer<typeof MessageId>;
export const IdentityId = id('IdentityId');
export type IdentityId = z.infer<typeof IdentityId>;
export const PersonId = id('PersonId');
export type PersonId = z.infer<typeof PersonId>;
export const LabelId = id('LabelId');
export type LabelId = z.infer<typeof LabelId>;
export const AttachmentId = id('AttachmentId');
export type AttachmentId = z.infer<typeof AttachmentId>;
export const OutboxId = id('OutboxId');
export type OutboxId = z.infer<typeof OutboxId>;
export const DraftId = id('DraftId');
export type DraftId = z.infer<typeof DraftId>;
export const ImportId = id('ImportId');
export type ImportId = z.infer<typeof ImportId>;

/** Mint a key inside an adapter. Throws a ZodError when the text is empty or too long to be one. */
export const asConversationKey = (text: string): ConversationKey => ConversationKey.parse(text);
export const asMessageKey = (text: string): MessageKey => MessageKey.parse(text);
export const asUserKey = (text: string): UserKey => UserKey.parse(text);
export const asLabelKey = (text: string): LabelKey => LabelKey.parse(text);
export const asBlobRef = (text: string): BlobRef => BlobRef.parse(text);
export const asCursor = (text: string): Cursor => Cursor.parse(text);
export const asTxnId = (text: string): TxnId => TxnId.parse(text);
