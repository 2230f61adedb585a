import type { CompactEmoji, ShortcodesDataset } from 'emojibase';
import { fold } from '../../../src-shared/text/fold.ts';
import type { Language } from '../../i18n/index.ts';

export interface Emoji {
  readonly text: string;
  /** In the person's language. */
  readonly name: string;
  /** As people type it between colons: `thumbsup`. */
  readonly codes: readonly string[];
  /** Folded words it is found by. */
  readonly words: string;
  readonly group: number;
}
/** Groups of Unicode's emoji, in its order; 2 are the parts others are made of. */
export const groups = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const;

/** What is an emoji by itself needs no selector; networks compare reactions without. */
const bare = (unicode: string): string => unicode.replace(/^(\p{Emoji_Presentation})\ufe0f$/u, '$1');

export function emojiOf(data: readonly CompactEmoji[], codes: ShortcodesDataset): readonly Emoji[] {
  return data
    .filter((one) => one.group !== undefined && one.group !== 2)
    .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((one) => {
      const names = [codes[one.hexcode] ?? []].flat();
      return {
        text: bare(one.unicode),
        name: one.label,
        codes: names,
        words: fold([...names, one.label, ...(one.tags ?? [])].join(' ')),
        group: one.group ?? 0,
      };
    });
}

/** A network's own, among the others: a group by itself, found by their names. */
export const ownGroup = -1;
export const ownAmong = (names: readonly string[]): readonly Emoji[] =>
  names.map((text) => {
    const name = text.replace(/^:|:$/g, '');
    return { text, name, codes: [name], words: fold(name.replace(/[-_]/g, ' ')), group: ownGroup };
  });

/** Those of them a conversation takes, in its order, however it writes them: with selectors that say "as an emoji" or without. */
export function takenBy(allowed: readonly string[], all: readonly Emoji[]): readonly Emoji[] {
  const plain = (text: string): string => text.replaceAll('\ufe0f', '');
  const known = new Map(all.map((one) => [plain(one.text), one]));
  return allowed.flatMap((text) => known.get(plain(text)) ?? []);
}

/** Best first: those whose code begins so, then those with a word that does, in Unicode's order. */
export function findEmoji(all: readonly Emoji[], text: string, most: number): readonly Emoji[] {
  const wanted = fold(text.trim()).replace(/[-\s]+/g, '_');
  if (wanted === '') return [];
  const word = wanted.replace(/_/g, ' ');
  const scored = all.flatMap((emoji) => {
    if (emoji.codes.includes(wanted)) return [{ emoji, score: 0 }];
    if (emoji.codes.some((code) => code.startsWith(wanted))) return [{ emoji, score: 1 }];
    if (` ${emoji.words}`.includes(` ${word}`)) return [{ emoji, score: 2 }];
    return [];
  });
  return scored
    .sort((a, b) => a.score - b.score)
    .slice(0, most)
    .map(({ emoji }) => emoji);
}

const loaded = new Map<Language, Promise<readonly Emoji[]>>();
/** The names are half a megabyte: fetched from the host when first asked for, in one language. */
export function loadEmoji(language: Language): Promise<readonly Emoji[]> {
  const known = loaded.get(language);
  if (known) return known;
  const loading = Promise.all([
    language === 'pl' ? import('emojibase-data/pl/compact.json') : import('emojibase-data/en/compact.json'),
    import('emojibase-data/en/shortcodes/github.json'),
  ]).then(([data, codes]) => emojiOf(data.default, codes.default));
  loading.catch(() => loaded.delete(language));
  loaded.set(language, loading);
  return loading;
}

/** `:smi` just before the caret, after a space or at the beginning: what is being named, without the colon. */
export const namedBefore = (before: string): string | null =>
  /(?:^|[\s(])[:：]([\p{L}\p{N}_+-]{2,30})$/u.exec(before)?.[1] ?? null;
