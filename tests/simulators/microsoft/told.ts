import { decodeWords } from '../../../adapters/_kit/mail/index.ts';
import { headersIn } from '../_base/mime.ts';
import type { Folder, Mailbox, Stored } from './mailbox.ts';
import { readMime } from './mime.ts';

const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

const asHtml = (text: string): string =>
  `<html><body><div>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')}</div></body></html>`;

interface Box {
  readonly emailAddress: { readonly name: string; readonly address: string };
}
function boxes(value: string): Box[] {
  return [...value.matchAll(/\s*"?([^"<,]*?)"?\s*<([^<>]+)>|([^\s,<>]+@[^\s,<>]+)/g)].map(
    ([, name, address, bare]) => ({
      emailAddress: { name: decodeWords(name ?? '') || (address ?? bare ?? ''), address: address ?? bare ?? '' },
    }),
  );
}

/** https://learn.microsoft.com/en-us/graph/api/resources/message: every property a client may select. */
export function messageAsTold(
  mailbox: Mailbox,
  message: Stored,
  immutable: boolean,
): Readonly<Record<string, unknown>> {
  const headers = headersIn(message.raw);
  const value = (name: string) => headers.find((one) => one.name.toLowerCase() === name)?.value ?? '';
  const from = boxes(value('from'))[0];
  const { body: kept } = readMime(message.raw);
  // Nobody has asked for another format, so it is HTML whatever it was.
  const body = kept.contentType === 'html' ? kept : { contentType: 'html', content: asHtml(kept.content) };
  const sent = Date.parse(value('date'));
  // Drafts have no transport headers but those their writer gave them.
  const own = headers.filter(({ name }) => /^x-/i.test(name));
  const isSent = mailbox.folder('sentitems').id === message.folder;
  return {
    id: immutable ? message.id : `AAMkAG${message.folder.slice(6, 20)}${message.id.slice(6)}`,
    createdDateTime: iso(message.receivedAt),
    lastModifiedDateTime: iso(message.modifiedAt),
    receivedDateTime: iso(message.receivedAt),
    sentDateTime: iso(Number.isNaN(sent) ? message.receivedAt : sent),
    hasAttachments: message.files.some(({ isInline }) => !isInline),
    internetMessageId: message.internetMessageId,
    internetMessageHeaders: message.isDraft ? own : isSent ? (mailbox.mute ? [] : own) : headers,
    subject: decodeWords(value('subject')),
    bodyPreview: '',
    importance: message.importance,
    parentFolderId: message.folder,
    conversationId: message.conversationId,
    isRead: message.isRead,
    isDraft: message.isDraft,
    inferenceClassification: message.inference,
    categories: message.categories,
    flag: { flagStatus: message.flagged ? 'flagged' : 'notFlagged' },
    body,
    ...(from ? { from, sender: from } : {}),
    toRecipients: boxes(value('to')),
    ccRecipients: boxes(value('cc')),
    bccRecipients: boxes(value('bcc')),
    replyTo: boxes(value('reply-to')),
  };
}
export const selected = (
  told: Readonly<Record<string, unknown>>,
  select: readonly string[] | undefined,
): Readonly<Record<string, unknown>> => ({
  '@odata.etag': `W/"${told.lastModifiedDateTime}"`,
  ...Object.fromEntries(Object.entries(told).filter(([name]) => name === 'id' || !select || select.includes(name))),
});

export const folderAsTold = (mailbox: Mailbox, { id, displayName, parentFolderId, isHidden }: Folder) => {
  const within = mailbox.messages.filter(({ folder }) => folder === id);
  return {
    id,
    displayName,
    parentFolderId,
    isHidden,
    totalItemCount: within.length,
    unreadItemCount: within.filter(({ isRead }) => !isRead).length,
    childFolderCount: mailbox.folders.filter((one) => one.parentFolderId === id).length,
  };
};
