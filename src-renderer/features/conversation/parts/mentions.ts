import type { MentionView } from '../../../../src-shared/ipc/index.ts';
import { textsOutside } from './texts.ts';

/** A stretch of text, and whom it names, if anybody. */
export interface Stretch {
  readonly text: string;
  readonly mention: MentionView | null;
}
const bare = ({ name }: MentionView): string => name.replace(/^@/, '');
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Where a text names people. Networks tell whom a message names, not where: a name counts with its @ wherever the text has
 * it so, else as it stands. The longest name goes first, so that "Ann" is not found in "Ann-Marie".
 */
export function stretches(text: string, mentions: readonly MentionView[]): readonly Stretch[] {
  const named = mentions.filter((mention) => bare(mention) !== '');
  if (named.length === 0) return [{ text, mention: null }];
  const patterns = named
    .toSorted((a, b) => bare(b).length - bare(a).length)
    .map((mention) => (text.includes(`@${bare(mention)}`) ? `@${escaped(bare(mention))}` : escaped(bare(mention))));
  const found: Stretch[] = [];
  let from = 0;
  for (const match of text.matchAll(
    new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'gu'),
  )) {
    const words = match[0].replace(/^@/, '');
    const mention = named.find((one) => bare(one) === words);
    if (!mention) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index), mention: null });
    found.push({ text: match[0], mention });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), mention: null });
  return found;
}

/** Makes buttons of the names in what was drawn; those in code and in links are left as they are. */
export function markMentions(root: DocumentFragment, mentions: readonly MentionView[]): void {
  const page = root.ownerDocument;
  for (const node of textsOutside(root, 'a, code, pre')) {
    const pieces = stretches(node.data, mentions);
    if (pieces.every(({ mention }) => mention === null)) continue;
    node.replaceWith(
      ...pieces.map(({ text, mention }) => {
        if (!mention) return text;
        const button = page.createElement('button');
        button.type = 'button';
        button.className = 'mention';
        button.dataset.mention = mention.key;
        if (mention.me) button.dataset.me = 'true';
        button.textContent = text;
        return button;
      }),
    );
  }
}
