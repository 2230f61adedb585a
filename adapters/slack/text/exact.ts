import { Marked, type Token, type Tokens } from 'marked';
import { emojiOf } from './emoji.ts';
import { isSafeLink, type Names } from './names.ts';
import { type Mention, piecesOf } from './write.ts';

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block, as far as what a person writes needs it. */
interface Style {
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
  readonly code?: true;
}
export type Inline = { readonly style?: Style } & (
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'link'; readonly url: string; readonly text?: string }
  | { readonly type: 'user'; readonly user_id: string }
  | { readonly type: 'broadcast'; readonly range: string }
  | { readonly type: 'emoji'; readonly name: string; readonly skin_tone?: number }
);
type Section = { readonly type: 'rich_text_section'; readonly elements: readonly Inline[] };
export type Element =
  | Section
  | { readonly type: 'rich_text_quote' | 'rich_text_preformatted'; readonly elements: readonly Inline[] }
  | {
      readonly type: 'rich_text_list';
      readonly style: 'bullet' | 'ordered';
      readonly indent: number;
      readonly offset?: number;
      readonly elements: readonly Section[];
    };
export interface RichText {
  readonly type: 'rich_text';
  readonly elements: readonly Element[];
}
/** What is written, and in which way. */
export interface Written {
  readonly text: string;
  readonly format: 'plain' | 'markdown';
}

/** How deep lists go. */
const mostIndent = 8;
const lexer = new Marked({ gfm: true, breaks: true });

/** What is written as rich text, in which every sign stands for itself. Undefined where that has no way to say it. */
export function richTextOf(
  written: readonly Written[],
  mentions: readonly Mention[],
  names: Names,
): RichText | undefined {
  const writer = new Writer(mentions, names);
  for (const { text, format } of written) {
    if (format === 'plain') writer.plain(text);
    else writer.blocks(lexer.lexer(text));
  }
  const elements = writer.end();
  return writer.exact && elements.length > 0 ? { type: 'rich_text', elements } : undefined;
}

class Writer {
  /** False once something was met that rich text cannot say. */
  exact = true;
  readonly #mentions: readonly Mention[];
  readonly #names: Names;
  readonly #elements: Element[] = [];
  #open: Inline[] = [];

  constructor(mentions: readonly Mention[], names: Names) {
    this.#mentions = mentions;
    this.#names = names;
  }

  end(): readonly Element[] {
    if (this.#open.length > 0) this.#elements.push({ type: 'rich_text_section', elements: joined(this.#open) });
    this.#open = [];
    return this.#elements;
  }
  plain(text: string): void {
    this.#paragraph(this.#words(text, {}));
  }
  blocks(tokens: readonly Token[]): void {
    for (const token of tokens) this.#block(token);
  }

  #block(token: Token): void {
    switch (token.type) {
      case 'space':
      case 'def':
        return;
      case 'list':
        this.end();
        if (isList(token)) this.#list(token, 0);
        return;
      case 'code':
        this.end();
        if (token.text === '') this.exact = false;
        this.#elements.push({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: token.text }] });
        return;
      case 'blockquote': {
        this.end();
        const inner = new Writer(this.#mentions, this.#names);
        inner.blocks(token.tokens ?? []);
        const [only, ...more] = inner.end();
        // Nothing but words can be quoted.
        if (only?.type !== 'rich_text_section' || more.length > 0 || !inner.exact) this.exact = false;
        else this.#elements.push({ type: 'rich_text_quote', elements: only.elements });
        return;
      }
      default:
        this.#paragraph(this.#line(token));
    }
  }
  /** Empty lines are part of the text. */
  #paragraph(words: readonly Inline[]): void {
    if (words.length === 0) return;
    if (this.#open.length > 0) this.#open.push({ type: 'text', text: '\n\n' });
    this.#open.push(...words);
  }
  /** A block that is words alone. */
  #line(token: Token): readonly Inline[] {
    switch (token.type) {
      case 'paragraph':
      case 'text':
        return token.tokens ? this.#inline(token.tokens, {}) : this.#words(token.text, {});
      case 'heading':
        return this.#inline(token.tokens ?? [], { bold: true });
      case 'hr':
        return [{ type: 'text', text: '———' }];
      case 'html':
        return this.#words(token.text.trimEnd(), {});
      case 'checkbox':
        return [{ type: 'text', text: token.checked ? '☑ ' : '☐ ' }];
      default:
        this.exact = false;
        return [];
    }
  }

  #list({ items, ordered, start }: Tokens.List, indent: number): void {
    if (indent > mostIndent) this.exact = false;
    let sections: Section[] = [];
    let offset = ordered && start !== '' ? start - 1 : 0;
    const flush = () => {
      if (sections.length === 0) return;
      this.#elements.push({
        type: 'rich_text_list',
        style: ordered ? 'ordered' : 'bullet',
        indent,
        ...(ordered && offset > 0 && { offset }),
        elements: sections,
      });
      offset += sections.length;
      sections = [];
    };
    for (const { tokens } of items) {
      const words: Inline[] = [];
      const lists: Tokens.List[] = [];
      for (const token of tokens) {
        if (isList(token)) lists.push(token);
        else if (token.type !== 'space') {
          words.push(...this.#line(token));
          if (token.type !== 'checkbox') words.push({ type: 'text', text: '\n' });
        }
      }
      // The last line ends with the item.
      if (isBreak(words.at(-1))) words.pop();
      if (words.length === 0) this.exact = false;
      sections.push({ type: 'rich_text_section', elements: joined(words) });
      for (const list of lists) {
        flush();
        this.#list(list, indent + 1);
      }
    }
    flush();
  }

  #inline(tokens: readonly Token[], style: Style): readonly Inline[] {
    const out: Inline[] = [];
    let literal = '';
    const flush = () => {
      if (literal !== '') out.push(...this.#words(literal, style));
      literal = '';
    };
    for (const token of tokens) {
      // What is escaped is part of the words around it.
      if (token.type === 'escape' || token.type === 'html' || (token.type === 'text' && !token.tokens)) {
        literal += token.text;
        continue;
      }
      flush();
      out.push(...this.#marked(token, style));
    }
    flush();
    return out;
  }
  #marked(token: Token, style: Style): readonly Inline[] {
    const inner = 'tokens' in token ? (token.tokens ?? []) : [];
    switch (token.type) {
      case 'text':
        return this.#inline(inner, style);
      case 'strong':
        return this.#inline(inner, { ...style, bold: true });
      case 'em':
        return this.#inline(inner, { ...style, italic: true });
      case 'del':
        return this.#inline(inner, { ...style, strike: true });
      case 'codespan':
        return [styled({ type: 'text', text: token.text }, { ...style, code: true })];
      case 'br':
        return [{ type: 'text', text: '\n' }];
      case 'checkbox':
        return this.#line(token);
      case 'link':
      case 'image':
        return this.#link(token.href, token.type === 'link' ? plainOf(inner) : token.text, style);
      default:
        this.exact = false;
        return [];
    }
  }
  #link(url: string, label: string, style: Style): readonly Inline[] {
    if (!isSafeLink(url)) return [styled({ type: 'text', text: label || url }, style)];
    return [styled({ type: 'link', url, ...(label !== '' && label !== url && { text: label }) }, style)];
  }
  /** Text in which people, links and emoji are found. */
  #words(text: string, style: Style): readonly Inline[] {
    return piecesOf(text, this.#mentions).flatMap((piece): readonly Inline[] => {
      if (typeof piece === 'string') return this.#pieces(piece, style);
      if (!piece.id.startsWith('!')) return [styled({ type: 'user', user_id: piece.id }, style)];
      return [styled({ type: 'broadcast', range: piece.id.slice(1) }, style)];
    });
  }
  #pieces(text: string, style: Style): readonly Inline[] {
    const out: Inline[] = [];
    let from = 0;
    const until = (at: number) => {
      if (at > from) out.push(styled({ type: 'text', text: text.slice(from, at) }, style));
    };
    for (const { 0: whole, 1: name, 2: tone, index } of text.matchAll(special)) {
      if (name !== undefined && !this.#isEmoji(name)) continue;
      until(index);
      from = index + whole.length;
      if (name === undefined) out.push(...this.#link(whole, '', style));
      else out.push({ type: 'emoji', name, ...(tone !== undefined && { skin_tone: Number(tone) }) });
    }
    until(text.length);
    return out;
  }
  #isEmoji(name: string): boolean {
    return emojiOf(name) !== undefined || this.#names.ownEmoji(name) || this.#names.standIn(name) !== undefined;
  }
}

/** Links and emoji, which Slack finds in mrkdwn by itself and not in rich text. */
const special = /https?:\/\/[^\s<>]*[^\s<>.,;:!?'")\]]|:([a-z0-9_+'-]+)(?:::skin-tone-([2-6]))?:/g;
const isList = (token: Token): token is Tokens.List => token.type === 'list';
const isBreak = (one: Inline | undefined): boolean => one?.type === 'text' && one.text === '\n';
const styled = (one: Inline, style: Style): Inline => (Object.keys(style).length > 0 ? { ...one, style } : one);
const plainOf = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => ('tokens' in token && token.tokens ? plainOf(token.tokens) : 'text' in token ? token.text : ''))
    .join('');

export const looks = ({ style = {} }: Inline): string => Object.keys(style).toSorted().join(' ');
/** Neighbours of one look are one. */
function joined(words: readonly Inline[]): readonly Inline[] {
  const out: Inline[] = [];
  for (const one of words) {
    const last = out.at(-1);
    if (one.type === 'text' && last?.type === 'text' && looks(last) === looks(one))
      out[out.length - 1] = { ...last, text: last.text + one.text };
    else out.push(one);
  }
  return out;
}
