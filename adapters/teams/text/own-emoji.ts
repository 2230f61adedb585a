import { createHash } from 'node:crypto';
import type { BlobRef } from '../../../src-shared/model/index.ts';
import { hostedAt, hostedRef } from '../ids.ts';

/**
 * Emoji an organisation has drawn itself: in the words `<customemoji alt source>`, as a reaction the type `custom`
 * (https://learn.microsoft.com/en-us/graph/api/chatmessage-get, example 4). Their pictures are kept with a message.
 */
export interface OwnEmoji {
  /** As words and reactions write it: `:name:`. */
  readonly text: string;
  /** Absent where Teams does not say where its picture lies. */
  readonly ref: BlobRef | undefined;
}
/** Names are unique over an organisation, but not always told: then the picture gives one. */
export function ownEmoji(name: string | undefined, url: string | undefined): OwnEmoji {
  const at = url === undefined ? undefined : hostedAt(url);
  const told = (name ?? '').trim().replace(/[\s:]+/g, '_');
  const named =
    told !== '' ? told : at ? `custom-${createHash('sha256').update(at.id).digest('hex').slice(0, 6)}` : 'custom';
  return { text: `:${named.slice(0, 100)}:`, ref: at && hostedRef(at.id, at.of) };
}

const tag = /<customemoji\b([^<>]*)>/gi;
const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(attributes)?.[1];

/** Those in HTML of Teams, each once, in the order they stand there. */
export function ownEmojiIn(html: string): readonly OwnEmoji[] {
  const found = new Map<string, OwnEmoji>();
  for (const [, attributes = ''] of html.matchAll(tag)) {
    const one = ownEmoji(attribute(attributes, 'alt'), attribute(attributes, 'source'));
    if (!found.get(one.text)?.ref) found.set(one.text, one);
  }
  return [...found.values()];
}
/** The elements by which they stand in HTML of Teams, by how words write them; the first of each. */
export function ownEmojiMarks(html: string): ReadonlyMap<string, string> {
  const marks = new Map<string, string>();
  for (const [mark, attributes = ''] of html.matchAll(tag)) {
    const { text } = ownEmoji(attribute(attributes, 'alt'), attribute(attributes, 'source'));
    if (!marks.has(text)) marks.set(text, `${mark.replace(/\s*\/?>$/, '')}></customemoji>`);
  }
  return marks;
}
/** What is left are pictures that stand there for themselves. */
export const withoutOwnEmoji = (html: string): string => html.replace(tag, '');
