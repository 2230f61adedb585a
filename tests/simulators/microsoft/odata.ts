import { z } from 'zod';
import { Refused, type Stored } from './mailbox.ts';

/** What the messages of a mailbox may be asked for (https://learn.microsoft.com/en-us/graph/query-parameters). */
const properties = new Set(
  [
    'id createdDateTime lastModifiedDateTime receivedDateTime sentDateTime hasAttachments internetMessageId',
    'internetMessageHeaders subject bodyPreview importance parentFolderId conversationId isRead isDraft',
    'inferenceClassification categories flag body from sender toRecipients ccRecipients bccRecipients replyTo',
  ].flatMap((line) => line.split(' ')),
);
export const Select = z
  .string()
  .transform((text) => text.split(','))
  .refine((names) => names.every((name) => properties.has(name)), 'Could not find a property named so on message');
export const Top = z
  .string()
  .regex(/^\d+$/)
  .transform(Number)
  .refine((top) => top >= 1 && top <= 1000);
export const OrderBy = z.literal('receivedDateTime desc');

const clauses: readonly (readonly [RegExp, (value: string) => (message: Stored) => boolean])[] = [
  [
    /^receivedDateTime le (\S+)$/,
    (value) =>
      ({ receivedAt }) =>
        receivedAt <= Date.parse(value),
  ],
  [
    /^receivedDateTime ge (\S+)$/,
    (value) =>
      ({ receivedAt }) =>
        receivedAt >= Date.parse(value),
  ],
  [
    /^internetMessageId eq '([^']+)'$/,
    (value) =>
      ({ internetMessageId }) =>
        internetMessageId === value,
  ],
];
/** Refuses what it does not know, and an order that the filter does not begin with, as Exchange does. */
export function filterOf(text: string | undefined, ordered: boolean): (message: Stored) => boolean {
  if (text === undefined) return () => true;
  if (ordered && !text.startsWith('receivedDateTime'))
    throw new Refused(400, 'InefficientFilter', 'The restriction or sort order is too complex for this operation.');
  for (const [shape, make] of clauses) {
    const found = shape.exec(text);
    if (found) return make(found[1] ?? '');
  }
  throw new Refused(400, 'ErrorInvalidUrlQueryFilter', 'The query filter contains one or more invalid nodes.');
}
