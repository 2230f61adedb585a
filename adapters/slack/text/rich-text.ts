import { z } from 'zod';
import { flag, number, soft, text, things } from '../wire/soft.ts';
import { emojiOf } from './emoji.ts';
import { merged, readReference } from './mrkdwn.ts';
import { isSafeLink, type Mentioned, type Names } from './names.ts';
import type { Paragraph, Span } from './rich.ts';

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
const Section = z.object({
  type: z.string(),
  elements: things,
  style: soft(z.union([z.string(), z.object({ bold: flag, italic: flag, strike: flag, code: flag, underline: flag })])),
  indent: number,
  offset: number,
});
const Element = Section.extend({
  text,
  url: text,
  name: text,
  unicode: text,
  skin_tone: number,
  user_id: text,
  channel_id: text,
  usergroup_id: text,
  team_id: text,
  range: text,
  value: text,
  fallback: text,
  timestamp: number,
});
type Element = z.infer<typeof Element>;

/** The elements of a rich text block. What it does not know stands there by the text it carries, or its name in brackets. */
export function readRichText(elements: readonly unknown[], names: Names): readonly Paragraph[] {
  return elements.flatMap((raw): readonly Paragraph[] => {
    const read = Section.safeParse(raw);
    if (!read.success) return [];
    const { type, elements: inner = [], style, indent = 0, offset = 0 } = read.data;
    switch (type) {
      case 'rich_text_quote':
        return [{ is: 'quote', spans: spansOf(inner, names) }];
      case 'rich_text_preformatted':
        return [
          {
            is: 'code',
            text: spansOf(inner, names)
              .map(({ text: words, link }) => link ?? words)
              .join(''),
          },
        ];
      case 'rich_text_list':
        return [
          {
            is: 'list',
            ordered: style === 'ordered',
            indent: Math.min(Math.max(0, Math.floor(indent)), 8),
            first: Math.max(0, Math.floor(offset)) + 1,
            items: inner.map((item) => spansOf(Section.safeParse(item).data?.elements ?? [], names)),
          },
        ];
      default:
        return paragraphsOf(spansOf(inner, names));
    }
  });
}

/** Slack puts the empty lines between what a person wrote at the ends of its sections. */
function paragraphsOf(spans: readonly Span[]): readonly Paragraph[] {
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last) return [];
  const trimmed = spans.map((span) => ({
    ...span,
    text: (span === first ? span.text.replace(/^\n+/, '') : span.text).replace(span === last ? /\n+$/ : /$^/, ''),
  }));
  const kept = trimmed.filter(({ text: words }) => words !== '');
  return kept.length === 0 ? [] : [{ is: 'text', spans: kept }];
}

const spansOf = (elements: readonly unknown[], names: Names): readonly Span[] =>
  merged(
    elements.flatMap((raw) => {
      const read = Element.safeParse(raw);
      return read.success ? [spanOf(read.data, names)] : [];
    }),
  );

function spanOf(element: Element, names: Names): Span {
  const { style } = element;
  const { bold, italic, strike, code } = typeof style === 'object' ? style : {};
  return {
    ...wordsOf(element, names),
    ...(bold && { bold }),
    ...(italic && { italic }),
    ...(strike && { strike }),
    ...(code && { code }),
  };
}
function wordsOf(element: Element, names: Names): Span {
  const { type, text: words } = element;
  switch (type) {
    case 'text':
      return { text: words ?? '' };
    case 'link': {
      const { url = '' } = element;
      const label = words || url.replace(/^(mailto|tel):/i, '');
      return isSafeLink(url) ? { text: label, link: url } : { text: label };
    }
    case 'emoji': {
      const { name = '', unicode, skin_tone: tone } = element;
      const toned = tone === undefined ? undefined : emojiOf(`${name}::skin-tone-${tone}`);
      return { text: toned ?? emojiOf(name) ?? unicodeOf(unicode) ?? names.standIn(name) ?? `:${name}:` };
    }
    case 'user':
      return readReference(`@${element.user_id ?? ''}`, names);
    case 'channel':
      return readReference(`#${element.channel_id ?? ''}`, names);
    case 'usergroup':
      return readReference(`!subteam^${element.usergroup_id ?? ''}`, names);
    case 'broadcast':
      return { text: `@${element.range ?? 'here'}` };
    case 'date':
      return { text: element.fallback ?? new Date((element.timestamp ?? 0) * 1000).toISOString() };
    case 'color':
      return { text: element.value ?? '', code: true };
    default:
      return { text: words ?? element.fallback ?? `[${type}]` };
  }
}

/** `1f44b-1f3fd`; undefined for what is no code point. */
function unicodeOf(codes: string | undefined): string | undefined {
  if (codes === undefined || !/^[0-9a-f]{2,6}(-[0-9a-f]{2,6})*$/i.test(codes)) return undefined;
  const points = codes.split('-').map((code) => Number.parseInt(code, 16));
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : undefined;
}

/** Everybody rich text means, however deep it says so. */
export function mentionsInRichText(elements: readonly unknown[]): Mentioned {
  const users = new Set<string>();
  const groups = new Set<string>();
  let everyone = false;
  const look = (raw: unknown, depth: number): void => {
    const read = Element.safeParse(raw);
    if (!read.success || depth > 4) return;
    const { type, user_id: user, usergroup_id: group, elements: inner } = read.data;
    if (type === 'user' && user) users.add(user);
    if (type === 'usergroup' && group) groups.add(group);
    if (type === 'broadcast') everyone = true;
    for (const one of inner ?? []) look(one, depth + 1);
  };
  for (const one of elements) look(one, 0);
  return { users: [...users], groups: [...groups], everyone };
}
