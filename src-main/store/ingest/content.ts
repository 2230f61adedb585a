import type { Content, Media, MessageId, Part } from '../../../src-shared/model/index.ts';
import { mediaOf } from '../../../src-shared/model/media-of.ts';
import { visibleText } from '../../../src-shared/text/quotes.ts';
import { insertion } from '../connection/insertion.ts';
import type { AttachmentRow } from '../schema.ts';
import { partText } from '../search/part-text.ts';
import type { Work } from './work.ts';

/** UTF-16 units of text kept in a message's row for lists. */
const previewLength = 200;

export const contentText = ({ parts, mentions }: Content): string =>
  mentions && mentions.length > 0 ? JSON.stringify({ parts, mentions }) : JSON.stringify({ parts });

export const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** The first words of a message, on one line; for one without words, what it holds. */
export function previewOf(content: Content): string {
  let text = '';
  for (const part of content.parts) {
    if (text.length >= looked) break;
    text += `${part.kind === 'text' ? ownWords(part.plain ?? part.text) : partText(part)}\n`;
  }
  const line = text
    .slice(0, looked)
    .replace(/\s\s+|[^\S ]/g, ' ')
    .trim();
  if (line !== '') return cut(line);
  const named = content.parts.flatMap(mediaOf).find((media) => media.name !== undefined && media.inline !== true);
  return cut(named?.name ?? content.parts.map(signOf).find((sign) => sign !== '') ?? '');
}
/** What a part without words is, in a sign that reads the same in every language. */
function signOf(part: Part): string {
  switch (part.kind) {
    case 'image':
      return part.media.inline === true ? '' : '📷';
    case 'video':
      return '🎬';
    case 'audio':
      return part.voiceNote ? '🎤' : '🎵';
    case 'document':
      return '📎';
    case 'location':
      return '📍';
    case 'call':
      return part.media === 'video' ? '🎥' : '📞';
    case 'unsupported':
      return part.what;
    default:
      return '';
  }
}
/** UTF-16 units looked at for a preview. */
const looked = 500;
/** Of a text, to find the writer's own words in: a short answer above a long quotation is common. */
const lookedForWords = 4000;
function ownWords(text: string): string {
  // Most begin with words enough of their own: then the rest need not be looked through.
  const begun = text.length > 2 * looked ? wordsIn(text.slice(0, 2 * looked)) : '';
  return begun.length >= looked ? begun : wordsIn(text.slice(0, lookedForWords));
}
function wordsIn(text: string): string {
  const own = visibleText(text);
  const bare = own.includes('>') ? own.replace(/^\s*>.*$/gm, '').trim() : own;
  return (bare === '' ? own : bare).slice(0, looked);
}
const cut = (line: string): string =>
  line.length <= previewLength ? line : line.slice(0, previewLength).replace(/[\ud800-\udbff]$/, '');

/** Media one can save or open, in order; one reference once. */
export function attachmentsOf(parts: readonly Part[]): Media[] {
  const found = new Map<string, Media>();
  for (const part of parts) {
    if (part.kind === 'link-preview') continue;
    for (const media of mediaOf(part)) if (!found.has(media.ref)) found.set(media.ref, media);
  }
  return [...found.values()];
}

const newAttachment = insertion(
  'attachments',
  'message ref position name mime bytes inline content_id hash state'.split(' '),
);
const nameOf = (media: Media): string => media.name ?? '';

/** Attachment rows of a message without any. Answers whether one of them is more than decoration. */
export function insertAttachments(work: Work, id: MessageId, attachments: readonly Media[]): boolean {
  let listed = false;
  for (const [position, media] of attachments.entries()) {
    insertAttachment(work, id, position, media, null);
    if (media.inline !== true) listed = true;
  }
  return listed;
}
function insertAttachment(work: Work, id: MessageId, position: number, media: Media, hash: string | null): void {
  work.sql.later(
    newAttachment,
    id,
    media.ref,
    position,
    nameOf(media),
    media.mime,
    media.bytes ?? null,
    media.inline === true ? 1 : 0,
    media.contentId ?? null,
    hash,
    hash === null ? 'remote' : 'local',
  );
}

/**
 * Brings the attachment rows of a message in step with a new content. Bytes already here stay here: under the same reference,
 * or, when the network's copy of something sent from here takes the echo's place, under the same name and type.
 */
export function replaceAttachments(work: Work, id: MessageId, after: readonly Media[]): void {
  const before = work.sql.all<AttachmentRow>('SELECT * FROM attachments WHERE message = ?', id);
  const kept = new Set<string>(after.map((media) => media.ref));
  for (const row of before) if (!kept.has(row.ref)) work.sql.run('DELETE FROM attachments WHERE id = ?', row.id);
  for (const [position, media] of after.entries()) {
    const same = before.find((row) => row.ref === media.ref);
    if (same) {
      work.sql.run(
        'UPDATE attachments SET position = ?, name = ?, mime = ?, bytes = coalesce(?, bytes), inline = ?, content_id = ? WHERE id = ?',
        position,
        nameOf(media),
        media.mime,
        media.bytes ?? null,
        media.inline === true ? 1 : 0,
        media.contentId ?? null,
        same.id,
      );
      continue;
    }
    const twin = before.find(
      (row) => !kept.has(row.ref) && row.hash !== null && row.name === nameOf(media) && row.mime === media.mime,
    );
    insertAttachment(work, id, position, media, twin?.hash ?? null);
  }
}
