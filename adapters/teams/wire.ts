import { z } from 'zod';
import { text, those } from '../_kit/wire.ts';

/**
 * What Graph says of Teams, as far as it is looked at (https://learn.microsoft.com/en-us/graph/api/resources/chatmessage).
 * Nothing outside this folder knows these names. What a field should not be is taken for absent.
 */
const yes = z.boolean().optional().catch(undefined);
const time = z
  .string()
  .transform((written) => Date.parse(written))
  .refine((at) => at >= 0)
  .optional()
  .catch(undefined);
const maybe = <T extends z.ZodType>(item: T) => item.optional().catch(undefined);

export const Identity = z.object({ id: z.string().regex(/^\S{1,500}$/), displayName: text });
export type Identity = z.infer<typeof Identity>;
/** https://learn.microsoft.com/en-us/graph/api/resources/identityset: one of these, the others null. */
export const Who = z.object({ user: maybe(Identity), application: maybe(Identity), device: maybe(Identity) });
export type Who = z.infer<typeof Who>;

export const Attachment = z.object({
  id: text,
  contentType: text,
  contentUrl: text,
  content: text,
  name: text,
});
export type Attachment = z.infer<typeof Attachment>;
export const Reaction = z.object({
  reactionType: z.string().min(1).max(256),
  displayName: text,
  reactionContentUrl: text,
  createdDateTime: time,
  user: Who,
});
export type Reaction = z.infer<typeof Reaction>;
const Mentioned = z.object({
  id: z.union([z.number(), z.string()]).optional().catch(undefined),
  mentionText: text,
  mentioned: maybe(
    Who.extend({ conversation: maybe(z.object({ displayName: text, conversationIdentityType: text })) }),
  ),
});
export type Mentioned = z.infer<typeof Mentioned>;

/** https://learn.microsoft.com/en-us/graph/api/resources/chatmessagepolicyviolation */
const PolicyViolation = z.looseObject({
  dlpAction: text,
  userAction: text,
  policyTip: maybe(z.looseObject({ generalText: text, matchedConditionDescriptions: those(z.string()) })),
});

export const Message = z.object({
  id: z.string().regex(/^[\w-]{1,100}$/),
  replyToId: text,
  etag: text,
  messageType: text,
  createdDateTime: time,
  lastModifiedDateTime: time,
  lastEditedDateTime: time,
  deletedDateTime: time,
  subject: text,
  chatId: text,
  channelIdentity: maybe(z.object({ teamId: z.string(), channelId: z.string() })),
  importance: text,
  from: maybe(Who),
  body: maybe(z.object({ contentType: text, content: text })),
  attachments: those(Attachment),
  mentions: those(Mentioned),
  reactions: those(Reaction),
  eventDetail: maybe(z.looseObject({ '@odata.type': text })),
  policyViolation: maybe(PolicyViolation),
});
export type Message = z.infer<typeof Message>;
/** The answers that came with the first message of a thread. */
export const Thread = z.object({
  id: z.string(),
  replies: z.array(z.unknown()).optional().catch(undefined),
  'replies@odata.nextLink': text,
});

const link = z.string().optional();
export const Page = z.object({ value: z.array(z.unknown()), '@odata.nextLink': link, '@odata.deltaLink': link });
export type Page = z.infer<typeof Page>;

/** https://learn.microsoft.com/en-us/graph/api/resources/aaduserconversationmember */
export const Member = z.object({ userId: z.string().min(1), displayName: text, email: text, tenantId: text });
export type Member = z.infer<typeof Member>;
export const Chat = z.object({
  id: z.string().regex(/^19:[^/|\s]{1,300}$/),
  chatType: text,
  topic: text,
  createdDateTime: time,
  /** When it was renamed, or its members changed. */
  lastUpdatedDateTime: time,
  members: those(Member),
  lastMessagePreview: maybe(z.object({ id: text, createdDateTime: time })),
  viewpoint: maybe(z.object({ lastMessageReadDateTime: time })),
});
export type Chat = z.infer<typeof Chat>;
export const Team = z.object({ id: z.string().regex(/^[\w-]{1,100}$/), displayName: text, isArchived: yes });
export type Team = z.infer<typeof Team>;
export const TeamChannel = z.object({
  id: z.string().regex(/^19:[^/|\s]{1,300}$/),
  displayName: text,
  description: text,
  isArchived: yes,
});
export type TeamChannel = z.infer<typeof TeamChannel>;

export const Me = z.object({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});
/** https://learn.microsoft.com/en-us/graph/api/resources/person */
export const Person = z.object({
  id: z.string().min(1).max(500),
  displayName: text,
  scoredEmailAddresses: those(z.object({ address: z.string().min(1) })),
  phones: those(z.object({ number: z.string().min(1) })),
  personType: maybe(z.object({ class: text, subclass: text })),
});
export type Person = z.infer<typeof Person>;
export const Presence = z.object({ id: z.string().min(1), availability: z.string() });
export const Created = z.object({ id: z.string().min(1) });

/** https://learn.microsoft.com/en-us/graph/api/resources/driveitem */
export const DriveItem = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  eTag: z.string(),
  webUrl: z.string(),
  webDavUrl: text,
});
export type DriveItem = z.infer<typeof DriveItem>;
export const Folder = z.object({ id: z.string().min(1), parentReference: z.object({ driveId: z.string().min(1) }) });
export const Upload = z.object({ uploadUrl: z.url() });

/** https://learn.microsoft.com/en-us/graph/search-concept-chat-messages */
export const Found = z.object({
  value: z.array(
    z.object({
      hitsContainers: z
        .array(
          z.object({
            total: z.number().int().nonnegative().optional().catch(undefined),
            moreResultsAvailable: yes,
            hits: those(z.object({ resource: z.unknown() })),
          }),
        )
        .optional()
        .catch(undefined),
    }),
  ),
});
