import type { Part } from '../../../src-shared/model/index.ts';
import { readMrkdwn } from '../text/mrkdwn.ts';
import { isSafeLink } from '../text/names.ts';
import type { Paragraph, Span } from '../text/rich.ts';
import { Attachment } from '../wire/message.ts';
import { picture, readBlocks } from './blocks.ts';
import { filePart, pictureMedia } from './files.ts';
import type { Reading } from './reading.ts';
import { textParts } from './text.ts';

/** What hangs below a message: a preview of a link, a message passed on, or what an app has to say. Undefined: unreadable. */
export function attachmentParts(
  raw: unknown,
  reading: Reading,
): { parts: readonly Part[]; unknown: readonly unknown[] } | undefined {
  const read = Attachment.safeParse(raw);
  if (!read.success) return undefined;
  const attachment = read.data;
  if (attachment.is_msg_unfurl || attachment.is_share) return { parts: quoted(attachment, reading), unknown: [] };
  if (attachment.blocks?.length) return readBlocks(attachment.blocks, reading);
  const url = attachment.from_url ?? attachment.original_url;
  return {
    parts: url !== undefined && isSafeLink(url) ? preview(attachment, url, reading) : said(attachment, reading),
    unknown: [],
  };
}

function preview(attachment: Attachment, url: string, reading: Reading): readonly Part[] {
  const { title, text, fallback, service_name: site } = attachment;
  const image = attachment.image_url ?? attachment.thumb_url;
  const description = text === undefined ? undefined : flat(readMrkdwn(text, reading.names));
  return [
    {
      kind: 'link-preview',
      url,
      ...((title ?? fallback) && { title: title ?? fallback }),
      ...(description && { description }),
      ...(site && { site }),
      ...(image !== undefined && reading.hosted(image) && { image: pictureMedia(image) }),
    },
  ];
}

/** Another message, told again within this one. */
function quoted(attachment: Attachment, reading: Reading): readonly Part[] {
  const who = attachment.author_name ?? (attachment.author_id && reading.names.user(attachment.author_id));
  const words = readMrkdwn(attachment.text ?? attachment.fallback ?? '', reading.names);
  const spans: Span[] = who ? [{ text: who, bold: true }, { text: '\n' }] : [];
  for (const one of words) {
    if ('spans' in one) spans.push(...one.spans, { text: '\n' });
    else if (one.is === 'code') spans.push({ text: one.text }, { text: '\n' });
  }
  const files = (attachment.files ?? []).flatMap((file) => filePart(file) ?? []);
  return [...textParts(spans.length === 0 ? [] : [{ is: 'quote', spans: trimmed(spans) }]), ...files];
}
const trimmed = (spans: readonly Span[]): readonly Span[] => (spans.at(-1)?.text === '\n' ? spans.slice(0, -1) : spans);

/** What an app wrote the old way. */
function said(attachment: Attachment, reading: Reading): readonly Part[] {
  const { names } = reading;
  const paragraphs: Paragraph[] = [];
  const words = (text: string | undefined) => paragraphs.push(...(text ? readMrkdwn(text, names) : []));
  words(attachment.pretext);
  if (attachment.author_name) paragraphs.push({ is: 'text', spans: [{ text: attachment.author_name, italic: true }] });
  if (attachment.title) {
    const link =
      attachment.title_link !== undefined && isSafeLink(attachment.title_link) ? attachment.title_link : undefined;
    paragraphs.push({ is: 'text', spans: [{ text: attachment.title, bold: true, link }] });
  }
  words(attachment.text);
  for (const { title, value } of attachment.fields ?? []) {
    if (title) paragraphs.push({ is: 'text', spans: [{ text: title, bold: true }] });
    words(value);
  }
  words(attachment.footer);
  const pictures = picture(attachment.image_url ?? attachment.thumb_url, attachment.title, reading);
  if (paragraphs.length === 0 && pictures.length === 0) words(attachment.fallback);
  const links = (attachment.actions ?? []).map(({ id, text, url }, at) =>
    url !== undefined && isSafeLink(url)
      ? { id: String(id ?? at), label: text ?? url, action: 'url' as const, value: url }
      : { id: String(id ?? at), label: text ?? 'Button', action: 'other' as const },
  );
  return [
    ...textParts(paragraphs),
    ...pictures,
    ...(links.length === 0 ? [] : [{ kind: 'buttons' as const, quickReplies: false, buttons: links }]),
    ...(attachment.files ?? []).flatMap((file) => filePart(file) ?? []),
  ];
}

const flat = (paragraphs: readonly Paragraph[]): string =>
  paragraphs
    .map((one) => ('spans' in one ? one.spans.map(({ text }) => text).join('') : 'text' in one ? one.text : ''))
    .join('\n')
    .trim();
