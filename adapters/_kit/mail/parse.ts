import type { Part } from '../../../src-shared/model/index.ts';
import { parseAddresses } from './addresses.ts';
import type { HeaderField, Mailbox, MailPieces, ParsedMail, ParseOptions } from './api.ts';
import { parseDate, sentAt } from './date.ts';
import { headerOf, headersOf, readHeaders } from './headers.ts';
import { htmlToPlain } from './html-text.ts';
import { contentKeyOf, messageKeyOf } from './key.ts';
import { linksOf, messageIdOf } from './links.ts';
import { attachmentPart, contentIdOf, fileName, mediaOfEntity, refOf } from './media.ts';
import { parseParameters } from './parameters.ts';
import { partsOf } from './parts.ts';
import { protectedSubject } from './security.ts';
import { plainOf, textOf } from './text.ts';
import { type Entity, readTree } from './tree.ts';
import { cleanLine, decodeWords } from './words.ts';

const mailboxes = (fields: readonly HeaderField[], ...names: string[]): Mailbox[] =>
  names.flatMap((name) => headersOf(fields, name).flatMap(parseAddresses));

type Body = Pick<ParsedMail, 'parts' | 'damage'> & { readonly subject?: string | undefined };

function assemble(fields: readonly HeaderField[], source: Uint8Array, body: Body, options: ParseOptions): ParsedMail {
  const date = headerOf(fields, 'date');
  const messageId = messageIdOf(fields);
  const key = messageId === undefined ? contentKeyOf(source) : messageKeyOf(messageId, parseDate(date));
  const links = linksOf(fields);
  const subject = body.subject ?? headerOf(fields, 'subject');
  const damage = [...body.damage];
  if (parseDate(date) === undefined) damage.push(date === undefined ? 'no date' : 'the date cannot be read');
  const [from] = mailboxes(fields, 'from', 'sender', 'x-original-from', 'return-path', 'reply-to');
  return {
    key,
    links: messageId === undefined ? [key, ...links] : links,
    headers: fields,
    subject: subject === undefined ? undefined : cleanLine(decodeWords(subject)).slice(0, 10_000),
    from,
    to: mailboxes(fields, 'to'),
    cc: mailboxes(fields, 'cc'),
    bcc: mailboxes(fields, 'bcc'),
    replyTo: mailboxes(fields, 'reply-to'),
    at: sentAt(date, headersOf(fields, 'received'), options.receivedAt),
    parts: body.parts,
    damage,
  };
}

/** Reads a whole message, RFC 5322 bytes. Never throws for what the bytes are, never touches a network. */
export function parseMail(source: Uint8Array, options: ParseOptions = {}): ParsedMail {
  const { root, damage } = readTree(source);
  const notes = new Set(damage);
  const parts = readable(root, notes);
  return assemble(root.fields, source, { parts, damage: [...notes], subject: protectedSubject(root) }, options);
}

/** A message that defeats a decoder is still a message: its header is shown, and what went wrong said. */
function readable(root: Entity, notes: Set<string>): Part[] {
  try {
    return partsOf(root, notes);
  } catch (error) {
    notes.add(`the body cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return [{ kind: 'unsupported', what: root.mime, media: mediaOfEntity(root) }];
  }
}

/** A message of which only the header section, the text and the structure were fetched. */
export function fromPieces(pieces: MailPieces, options: ParseOptions = {}): ParsedMail {
  const headers = Buffer.from(pieces.headers.buffer, pieces.headers.byteOffset, pieces.headers.byteLength);
  const { fields, damage } = readHeaders(headers, 0, headers.length);
  const encoded = (part: NonNullable<MailPieces['text']>) => ({
    body: Buffer.from(part.bytes.buffer, part.bytes.byteOffset, part.bytes.byteLength),
    encoding: part.transferEncoding?.toLowerCase(),
    type: parseParameters(part.contentType),
  });
  const plain = pieces.text ? plainOf(encoded(pieces.text)).text : undefined;
  const parts: Part[] = [];
  if (pieces.html) {
    const { text } = textOf(encoded(pieces.html));
    parts.push({ kind: 'text', format: 'html', text, plain: plain?.trim() ? plain : htmlToPlain(text) });
  } else if (plain !== undefined) parts.push({ kind: 'text', format: 'plain', text: plain });
  for (const { section, mime, name, bytes, contentId, inline } of pieces.attachments.slice(0, 990)) {
    const shownName = fileName(name);
    const cid = contentIdOf(contentId);
    parts.push(
      attachmentPart({
        ref: refOf(section),
        mime: mime.toLowerCase().slice(0, 255),
        ...(shownName === undefined ? {} : { name: shownName }),
        ...(bytes === undefined ? {} : { bytes }),
        ...(cid === undefined ? {} : { contentId: cid }),
        ...(inline === undefined ? {} : { inline }),
      }),
    );
  }
  return assemble(fields, pieces.headers, { parts, damage }, options);
}
