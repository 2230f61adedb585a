import { z } from 'zod';
import { text, those } from '../_kit/wire.ts';

/**
 * What Gmail says, as far as it is looked at (https://developers.google.com/workspace/gmail/api/reference/rest). Nothing
 * outside this folder knows these names.
 */

export const Header = z.object({ name: z.string(), value: z.string() });
export type Header = z.infer<typeof Header>;

export interface Payload {
  readonly mimeType?: string | undefined;
  readonly filename?: string | undefined;
  readonly headers?: readonly Header[] | undefined;
  readonly body?:
    | {
        readonly attachmentId?: string | undefined;
        readonly size?: number | undefined;
        readonly data?: string | undefined;
      }
    | undefined;
  readonly parts?: readonly Payload[] | undefined;
}

/** Ids of messages and labels: hexadecimal and capitals today, and short enough for a key whatever they become. */
const id = z.string().regex(/^[\w-]{1,64}$/);
const labelIds = those(id);

export const Payload: z.ZodType<Payload> = z.lazy(() =>
  z.object({
    mimeType: text,
    filename: text,
    headers: those(Header),
    body: z
      .object({ attachmentId: text, size: z.int().nonnegative().optional().catch(undefined), data: text })
      .optional()
      .catch(undefined),
    parts: those(Payload),
  }),
);

/** Decimal in a string; Gmail tells 64-bit numbers so. */
const number = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

export const Stub = z.object({ id, threadId: id });
export const Message = Stub.extend({
  labelIds,
  internalDate: number.optional().catch(undefined),
  payload: Payload.optional().catch(undefined),
});
export type Message = z.infer<typeof Message>;
export const RawMessage = z.object({ raw: z.string() });
export const MessageList = z.object({ messages: those(Stub), nextPageToken: text });
export const Profile = z.object({
  emailAddress: z.string().min(1),
  messagesTotal: z.number().int().nonnegative().optional().catch(undefined),
  historyId: z.string().regex(/^\d{1,30}$/),
});
export const Label = z.object({
  id,
  name: z.string(),
  type: text,
  color: z.object({ backgroundColor: text }).optional().catch(undefined),
});
export type Label = z.infer<typeof Label>;
export const LabelList = z.object({ labels: those(Label) });
export const SendAs = z.object({
  sendAsEmail: z.string().min(1),
  displayName: text,
  isPrimary: z.boolean().optional().catch(undefined),
  isDefault: z.boolean().optional().catch(undefined),
  verificationStatus: text,
});
export type SendAs = z.infer<typeof SendAs>;
export const SendAsList = z.object({ sendAs: those(SendAs) });
export const Attachment = z.object({ data: z.string() });

const Changes = z.array(z.object({ message: Stub, labelIds })).optional();
/** Taken whole or not at all: of a change that cannot be read nobody knows what it was. */
export const HistoryRecord = z.object({
  id: z.string(),
  messagesAdded: Changes,
  messagesDeleted: Changes,
  labelsAdded: Changes,
  labelsRemoved: Changes,
});
export type HistoryRecord = z.infer<typeof HistoryRecord>;
export const History = z.object({
  history: z.array(z.unknown()).optional(),
  historyId: z.string().regex(/^\d{1,30}$/),
  nextPageToken: text,
});

export const Draft = z.object({ id: z.string().min(1), message: Stub.extend({ labelIds }) });
export const DraftList = z.object({ drafts: those(Draft), nextPageToken: text });

export const Person = z.object({
  names: those(z.object({ displayName: text })),
  emailAddresses: those(z.object({ value: z.string().min(1) })),
  phoneNumbers: those(z.object({ canonicalForm: text, value: text })),
  photos: those(z.object({ url: z.string().min(1), default: z.boolean().optional().catch(undefined) })),
});
export type Person = z.infer<typeof Person>;
export const Connections = z.object({ connections: those(Person), nextPageToken: text });
export const OtherContacts = z.object({ otherContacts: those(Person), nextPageToken: text });
