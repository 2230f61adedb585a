import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { ChannelError } from '../../../src-shared/channel.ts';
import type { OutgoingMessage, Recipient } from '../../../src-shared/model/index.ts';
import type { ComposedMail, ComposeOptions, Mailbox } from './api.ts';
import { htmlToPlain } from './html-text.ts';

/** Whether this could be written into a header as a mailbox. */
export const isAddress = (text: string): boolean => /^[^\s<>@]+@[^\s<>@]+$/.test(text);

const mailbox = ({ key, name }: Recipient): Mailbox => {
  if (!isAddress(key)) throw new ChannelError('bad-address', 'refused', `${key} is not an e-mail address.`);
  return { name: name ?? '', address: key };
};

/** The words of a message: plain always, HTML when the writer made any. Neighbouring texts are joined by a blank line. */
function bodyOf(message: OutgoingMessage): { text: string; html: string | undefined } {
  const texts = message.parts.filter((part) => part.kind === 'text');
  const plain = texts.map((part) => (part.format === 'html' ? (part.plain ?? htmlToPlain(part.text)) : part.text));
  if (!texts.some((part) => part.format === 'html')) return { text: plain.join('\n\n'), html: undefined };
  const html = texts.map((part) => (part.format === 'html' ? part.text : `<pre>${escapeHtml(part.text)}</pre>`));
  return { text: plain.join('\n\n'), html: html.join('\n') };
}
const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const bracket = (id: string): string => `<${id.replace(/[<>\s]/g, '')}>`;

/**
 * The RFC 5322 bytes of an outgoing message and its SMTP envelope. The same arguments always give the same bytes, so
 * that a second try sends the very message of the first. Text, HTML and `files` go out; other kinds of part must have
 * been degraded before. Throws `ChannelError` (refused) for a recipient that is no address, or when there is none and
 * the copy is one that goes out.
 */
export async function composeMail(message: OutgoingMessage, options: ComposeOptions): Promise<ComposedMail> {
  const recipients = message.recipients ?? [];
  const boxes = (role: Recipient['role']) => recipients.filter((one) => one.role === role).map(mailbox);
  const [to, cc, bcc] = [boxes('to'), boxes('cc'), boxes('bcc')];
  if (options.bcc === 'strip' && to.length + cc.length + bcc.length === 0)
    throw new ChannelError('no-recipient', 'refused', 'The message has no recipient.');
  const { text, html } = bodyOf(message);
  const references = [...(message.references ?? []), ...(options.inReplyTo === undefined ? [] : [options.inReplyTo])];
  const composed = new MailComposer({
    from: options.from,
    to,
    cc,
    bcc,
    replyTo: boxes('reply-to'),
    subject: message.subject ?? '',
    messageId: bracket(options.messageId),
    date: new Date(message.at),
    ...(options.inReplyTo === undefined ? {} : { inReplyTo: bracket(options.inReplyTo) }),
    ...(references.length === 0 ? {} : { references: [...new Set(references)].map(bracket) }),
    ...(options.headers === undefined ? {} : { headers: options.headers }),
    text,
    ...(html === undefined ? {} : { html }),
    attachments: options.files.map((file) => ({
      filename: file.name,
      contentType: file.mime,
      content: Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength),
      contentDisposition: file.inline === true ? 'inline' : 'attachment',
      ...(file.contentId === undefined ? {} : { cid: file.contentId }),
    })),
    // Boundaries from the Message-ID: reproducible, and unguessable to whoever wrote the quoted text.
    baseBoundary: createHash('sha256').update(options.messageId).digest('hex').slice(0, 24),
    boundaryPrefix: '--carillon',
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  composed.keepBcc = options.bcc === 'keep';
  const envelope = composed.getEnvelope();
  return {
    raw: await composed.build(),
    envelope: { from: envelope.from === false ? options.from.address : envelope.from, to: envelope.to },
  };
}
