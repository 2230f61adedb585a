import { z } from 'zod';
import type { Button, Part } from '../../../src-shared/model/index.ts';
import { readMrkdwn } from '../text/mrkdwn.ts';
import { isSafeLink, type Names, noNames } from '../text/names.ts';
import type { Paragraph, Span } from '../text/rich.ts';
import { readRichText } from '../text/rich-text.ts';
import { number, soft, text, things } from '../wire/soft.ts';
import { pictureMedia } from './files.ts';
import type { Reading } from './reading.ts';
import { textParts } from './text.ts';

/** https://docs.slack.dev/reference/block-kit: a text object, an element or a block; which fields there are depends on `type`. */
const Words = z.object({ type: text, text });
const Block = z.object({
  type: z.string(),
  text: soft(z.union([Words, z.string()])),
  title: soft(z.union([Words, z.string()])),
  label: soft(Words),
  description: soft(Words),
  fields: things,
  elements: things,
  accessory: z.unknown().optional(),
  rows: soft(z.array(z.array(z.unknown()))),
  image_url: text,
  alt_text: text,
  title_url: text,
  video_url: text,
  slack_file: soft(z.object({ url: text })),
  url: text,
  action_id: text,
  value: text,
  fallback: text,
  image_width: number,
  image_height: number,
});
type Block = z.infer<typeof Block>;

export interface BlocksRead {
  readonly parts: readonly Part[];
  /** Blocks nobody here can read; they go to `raw`. */
  readonly unknown: readonly unknown[];
}

const wordsOf = (words: Block['text']): string => (typeof words === 'string' ? words : (words?.text ?? ''));
const read = (words: Block['text'], names: Names): readonly Paragraph[] =>
  typeof words === 'object' && words.type === 'mrkdwn'
    ? readMrkdwn(words.text ?? '', names)
    : wordsOf(words) === ''
      ? []
      : [{ is: 'text', spans: [{ text: wordsOf(words) }] }];

/** Blocks as parts, in their order: words that follow one another are one text. */
export function readBlocks(blocks: readonly unknown[], reading: Reading): BlocksRead {
  const parts: Part[] = [];
  const unknown: unknown[] = [];
  let open: Paragraph[] = [];
  const flush = () => {
    parts.push(...textParts(open));
    open = [];
  };
  for (const raw of blocks) {
    const parsed = Block.safeParse(raw);
    if (!parsed.success) {
      unknown.push(raw);
      continue;
    }
    const block = parsed.data;
    const words = paragraphsOf(block, reading);
    if (words) {
      open.push(...words);
      const more = accessory(block.accessory, reading);
      if (more.length > 0) {
        flush();
        parts.push(...more);
      }
      continue;
    }
    const whole = partsOf(block, reading);
    if (whole) {
      flush();
      parts.push(...whole);
    } else {
      unknown.push(raw);
      const said = block.fallback ?? wordsOf(block.text);
      flush();
      parts.push({
        kind: 'unsupported',
        what: block.type.slice(0, 100) || 'block',
        ...(said !== '' && { text: said }),
      });
    }
  }
  flush();
  return { parts, unknown };
}

/** Blocks that are words alone; undefined for the others. */
function paragraphsOf(block: Block, { names }: Reading): readonly Paragraph[] | undefined {
  switch (block.type) {
    case 'rich_text':
      return readRichText(block.elements ?? [], names);
    case 'header':
      return wordsOf(block.text) === '' ? [] : [{ is: 'heading', spans: [{ text: wordsOf(block.text) }] }];
    case 'divider':
      return [{ is: 'rule' }];
    case 'section':
      return [
        ...read(block.text, names),
        ...(block.fields ?? []).flatMap((field) => read(Words.safeParse(field).data, names)),
      ];
    case 'context':
      return [
        {
          is: 'text' as const,
          spans: (block.elements ?? []).flatMap((element) => {
            const one = Block.safeParse(element).data;
            return one === undefined ? [] : contextSpans(one, names);
          }),
        },
      ].filter(({ spans }) => spans.length > 0);
    case 'input':
      return read(block.label, names);
    case 'table':
      return [{ is: 'code', text: (block.rows ?? []).map((row) => row.map(cell).join(' | ')).join('\n') }];
    default:
      return undefined;
  }
}
function contextSpans(element: Block, names: Names): readonly Span[] {
  if (element.type === 'image') return element.alt_text ? [{ text: `[${element.alt_text}] ` }] : [];
  const [first] = read({ type: element.type, text: wordsOf(element.text) }, names);
  return first && 'spans' in first ? [...first.spans, { text: ' ' }] : [];
}
/** A cell of a table: plain (`raw_text`) or rich, as words. */
function cell(raw: unknown): string {
  const one = Block.safeParse(raw).data;
  if (!one) return '';
  if (one.type !== 'rich_text') return wordsOf(one.text);
  return readRichText(one.elements ?? [], noNames)
    .flatMap((paragraph) => ('spans' in paragraph ? paragraph.spans.map(({ text: words }) => words) : []))
    .join(' ');
}

/** Blocks that are parts of their own; undefined for those nobody here knows. */
function partsOf(block: Block, reading: Reading): readonly Part[] | undefined {
  switch (block.type) {
    case 'markdown': {
      const words = wordsOf(block.text);
      return words === '' ? [] : [{ kind: 'text', format: 'markdown', text: words }];
    }
    case 'image':
      return picture(block.image_url ?? block.slack_file?.url, block.alt_text || wordsOf(block.title), reading);
    case 'video': {
      const url = block.title_url ?? block.video_url;
      if (url === undefined || !isSafeLink(url)) return undefined;
      const title = wordsOf(block.title) || block.alt_text;
      return [
        {
          kind: 'link-preview',
          url,
          ...(title && { title }),
          ...(block.description?.text && { description: block.description.text }),
        },
      ];
    }
    case 'actions':
      return buttonsPart((block.elements ?? []).flatMap((element) => Block.safeParse(element).data ?? []));
    // The file itself is in the message's own list.
    case 'file':
      return [];
    default:
      return undefined;
  }
}

/** A picture of the network's own is shown; one from elsewhere is a link, so that looking at a message tells nobody. */
export function picture(url: string | undefined, name: string | undefined, { hosted }: Reading): readonly Part[] {
  if (url === undefined || !isSafeLink(url)) return [];
  return hosted(url)
    ? [{ kind: 'image', media: pictureMedia(url, name) }]
    : [{ kind: 'link-preview', url, ...(name && { title: name }) }];
}

function accessory(raw: unknown, reading: Reading): readonly Part[] {
  const one = Block.safeParse(raw).data;
  if (!one) return [];
  if (one.type === 'image') return picture(one.image_url ?? one.slack_file?.url, one.alt_text, reading);
  return buttonsPart([one]);
}

/** Links can be followed from here; other buttons talk to their app through Slack's own window alone, and say so. */
function buttonsPart(elements: readonly Block[]): readonly Part[] {
  const buttons = elements.flatMap((element, at): readonly Button[] => {
    const label = wordsOf(element.text) || (element.type === 'button' ? 'Button' : element.type.replaceAll('_', ' '));
    const id = element.action_id ?? String(at);
    return element.url !== undefined && isSafeLink(element.url)
      ? [{ id, label, action: 'url', value: element.url }]
      : [{ id, label, action: 'other' }];
  });
  return buttons.length === 0 ? [] : [{ kind: 'buttons', quickReplies: false, buttons }];
}
