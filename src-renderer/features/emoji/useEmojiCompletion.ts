import { type RefObject, useState } from 'react';
import type { EditorHandle } from '../composer/handle.ts';
import { type Emoji, findEmoji, namedBefore } from './emoji.ts';
import { useEmoji } from './useEmoji.ts';

export interface EmojiCompletion {
  readonly found: readonly Emoji[];
  readonly active: number;
  /** To be told the words before the caret whenever they change; null when there is no caret. */
  look(before: string | null): void;
  /** Answers whether the key chose among the suggestions. */
  onKey(event: { readonly key: string; preventDefault(): void; stopPropagation(): void }): boolean;
  take(emoji: Emoji): void;
}
const most = 8;
const closed = /(?:^|[\s(])(:([\p{L}\p{N}_+-]{1,30}):)$/u;

/** `:smi` offers emoji of that name, `:smile:` becomes one. */
export function useEmojiCompletion(editor: RefObject<EditorHandle | null>): EmojiCompletion {
  const [named, setNamed] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const [asked, setAsked] = useState(false);
  const all = useEmoji(asked);
  const found = named === null ? [] : findEmoji(all, named, most);
  const close = (): void => setNamed(null);
  const take = (emoji: Emoji): void => {
    if (named !== null) editor.current?.replaceBefore(named.length + 1, `${emoji.text} `);
    close();
  };
  return {
    found,
    active,
    take,
    look(before) {
      const whole = before === null ? null : closed.exec(before);
      const exact = whole && all.find((emoji) => emoji.codes.includes(whole[2]?.toLowerCase() ?? ''));
      if (exact && whole[1]) {
        editor.current?.replaceBefore(whole[1].length, exact.text);
        return close();
      }
      if (before?.includes(':')) setAsked(true);
      setNamed(before === null ? null : namedBefore(before));
      setActive(0);
    },
    onKey(event) {
      const chosen = found[active];
      if (!chosen) return false;
      if (event.key === 'ArrowDown') setActive((active + 1) % found.length);
      else if (event.key === 'ArrowUp') setActive((active + found.length - 1) % found.length);
      else if (event.key === 'Enter' || event.key === 'Tab') take(chosen);
      else if (event.key === 'Escape') close();
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}
