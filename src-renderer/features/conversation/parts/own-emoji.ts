import { textsOutside } from './texts.ts';

/** A word of a text, and where the picture is that stands for it. */
export interface OwnEmoji {
  readonly text: string;
  readonly url: string;
}
/** Puts the pictures of a network's own emoji where their words stand; those in code are left as they are. */
export function markOwnEmoji(root: DocumentFragment, emoji: readonly OwnEmoji[]): void {
  const page = root.ownerDocument;
  const byText = new Map(emoji.map((one) => [one.text, one]));
  for (const node of textsOutside(root, 'code, pre')) {
    const pieces = piecesOf(node.data, byText);
    if (pieces.length === 1) continue;
    node.replaceWith(
      ...pieces.map((piece) => {
        if (typeof piece === 'string') return piece;
        const image = page.createElement('img');
        image.className = 'own-emoji';
        image.src = piece.url;
        image.alt = piece.text;
        image.title = piece.text;
        return image;
      }),
    );
  }
}
/** A text in pieces, the emoji among them; one piece where there are none. */
export function piecesOf(text: string, byText: ReadonlyMap<string, OwnEmoji>): readonly (string | OwnEmoji)[] {
  const pieces: (string | OwnEmoji)[] = [];
  let from = 0;
  const known = new RegExp([...byText.keys()].map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  for (const match of text.matchAll(known)) {
    const found = byText.get(match[0]);
    if (!found) continue;
    pieces.push(text.slice(from, match.index), found);
    from = match.index + match[0].length;
  }
  return [...pieces, text.slice(from)];
}
