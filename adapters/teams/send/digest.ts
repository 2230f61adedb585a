import { createHash } from 'node:crypto';
import type { Seen } from '../map/message.ts';
import { hostedIn, readHtml } from '../text/read.ts';

/** Words without mark-up and space, and which files: all that comes back as it was sent. `files`: ids; `pictures`: how many stand within the words. */
export function digest(html: string, files: readonly string[], pictures: number): string {
  const words = readHtml(html.replace(/<img\b[^<>]*>/gi, '')).plain.replace(/\s+/g, '');
  const ids = files.map((id) => id.toLowerCase()).toSorted();
  return createHash('sha256')
    .update(JSON.stringify([words, ids, pictures]))
    .digest('hex');
}
export function digestOfSeen({ message }: Seen): string {
  const { content = '' } = message?.body ?? {};
  const files = (message?.attachments ?? []).filter(({ contentType }) => contentType === 'reference');
  return digest(
    content,
    files.map(({ id = '' }) => id),
    hostedIn(content).length,
  );
}
