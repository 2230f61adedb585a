import { z } from 'zod';
import { text, those } from '../_kit/wire.ts';

/**
 * What Graph says of mail, as far as it is looked at (https://learn.microsoft.com/en-us/graph/api/resources/message).
 * Nothing outside this folder knows these names.
 */
const yes = z.boolean().optional().catch(undefined);
const time = z
  .string()
  .transform((written) => Date.parse(written))
  .refine((at) => at >= 0)
  .optional()
  .catch(undefined);

/** Base64 of either alphabet; short enough for a key and a reference. */
export const Id = z.string().regex(/^[\w+/=-]{1,256}$/);

export const Box = z.object({ emailAddress: z.object({ name: text, address: text }) });
export type Box = z.infer<typeof Box>;
export const Header = z.object({ name: z.string(), value: z.string() });

/** What of a message may change. */
export const State = z.object({
  id: Id,
  parentFolderId: Id,
  isRead: yes,
  isDraft: yes,
  importance: text,
  inferenceClassification: text,
  categories: those(z.string().min(1).max(255)),
  flag: z.object({ flagStatus: text }).optional().catch(undefined),
  receivedDateTime: time,
  lastModifiedDateTime: time,
});
export type State = z.infer<typeof State>;
/** Nothing of it left out: what is not told here is taken for unset, not for unchanged. */
export const WholeState = z
  .looseObject({})
  .refine((told) => ['isRead', 'isDraft', 'importance', 'categories', 'flag'].every((name) => told[name] !== undefined))
  .pipe(State);
export const stateProperties =
  'id,parentFolderId,isRead,isDraft,importance,inferenceClassification,categories,flag,receivedDateTime,lastModifiedDateTime';

export const Message = State.extend({
  '@odata.type': text,
  conversationId: z.string().min(1).max(1024).optional().catch(undefined),
  internetMessageId: text,
  internetMessageHeaders: those(Header),
  subject: text,
  sentDateTime: time,
  hasAttachments: yes,
  body: z.object({ contentType: text, content: text }).optional().catch(undefined),
  from: Box.optional().catch(undefined),
  toRecipients: those(Box),
  ccRecipients: those(Box),
  bccRecipients: those(Box),
  replyTo: those(Box),
});
export type Message = z.infer<typeof Message>;
export const messageProperties = `${stateProperties},conversationId,internetMessageId,internetMessageHeaders,subject,sentDateTime,hasAttachments,body,from,toRecipients,ccRecipients,bccRecipients,replyTo`;

const link = z.string().optional();
export const Page = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': link,
  '@odata.deltaLink': link,
});
export const Removed = z.object({ id: Id, '@removed': z.object({}) });
export const Named = z.object({ id: Id });

export const File = z.object({
  '@odata.type': text,
  id: Id.or(z.string().min(1).max(1024)),
  name: text,
  contentType: z.string().nullish().catch(undefined),
  size: z.number().int().nonnegative().optional().catch(undefined),
  isInline: yes,
  contentId: z.string().nullish().catch(undefined),
});
export type File = z.infer<typeof File>;
export const fileProperties = 'id,name,contentType,size,isInline,microsoft.graph.fileAttachment/contentId';
export const Upload = z.object({ uploadUrl: z.url() });

export const Folder = z.object({
  id: Id,
  displayName: z.string(),
  parentFolderId: text,
  isHidden: yes,
  totalItemCount: z.number().int().nonnegative().optional().catch(undefined),
});
export type Folder = z.infer<typeof Folder>;
export const folderProperties = 'id,displayName,parentFolderId,isHidden,totalItemCount';
export const Category = z.object({ displayName: z.string().min(1).max(255), color: text });
export type Category = z.infer<typeof Category>;

export const Me = z.object({
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  displayName: z.string().nullish(),
  proxyAddresses: those(z.string()),
  otherMails: those(z.string()),
});
const phone = z.string().nullish().catch(undefined);
export const Contact = z.object({
  id: Id.optional().catch(undefined),
  displayName: text,
  emailAddresses: those(z.object({ address: z.string().min(1) })),
  businessPhones: those(z.string()),
  homePhones: those(z.string()),
  mobilePhone: phone,
});
export type Contact = z.infer<typeof Contact>;
export const contactProperties = 'displayName,emailAddresses,businessPhones,homePhones,mobilePhone';
