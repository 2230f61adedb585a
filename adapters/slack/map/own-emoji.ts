import type { Part } from '../../../src-shared/model/index.ts';
import { emojiRef } from '../ids.ts';
import { emojiOf } from '../text/emoji.ts';
import type { Names } from '../text/names.ts';
import { toMarkdown } from '../text/rich.ts';

/** More different ones than anybody writes in one text. */
const most = 100;

/** A text that has emoji of the workspace's own among its words, with the pictures that stand for them. */
export function withOwnEmoji(part: Part, names: Names): Part {
  if (part.kind !== 'text') return part;
  const words = part.plain ?? part.text;
  const found = new Set([...words.matchAll(/:(?=([^:\s]{1,100}):)/g)].flatMap(([, name]) => name ?? []));
  const own = [...found].filter((name) => emojiOf(name) === undefined && names.ownEmoji(name)).slice(0, most);
  if (own.length === 0) return part;
  return {
    ...part,
    format: 'markdown',
    text: part.format === 'markdown' ? part.text : toMarkdown([{ is: 'text', spans: [{ text: words }] }]),
    plain: words,
    emoji: own.map((name) => ({
      text: `:${name}:`,
      media: { ref: emojiRef(name), mime: 'image/png', inline: true },
    })),
  };
}
