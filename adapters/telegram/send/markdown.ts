import { marked, type Token } from 'marked';
import type { Mention, PartOf } from '../../../src-shared/model/index.ts';
import { peerFrom } from '../ids.ts';
import type { Plain } from '../remote/plain.ts';

export interface Formatted {
  readonly text: string;
  readonly entities: readonly Plain[];
}
/** A text part as Telegram takes it: bare words, and which of them are what (core.telegram.org/api/entities). */
export function formatted(part: PartOf<'text'>): Formatted {
  if (part.format !== 'markdown') return { text: part.plain ?? part.text, entities: [] };
  const writer = new Writer();
  writer.blocks(marked.lexer(part.text, { gfm: true, breaks: true }));
  return writer.done();
}

class Writer {
  #text = '';
  readonly #entities: Plain[] = [];

  done(): Formatted {
    const text = this.#text.trimEnd();
    const entities = this.#entities
      .map((entity) => ({ ...entity, length: Math.min(Number(entity.length), text.length - Number(entity.offset)) }))
      .filter(({ length }) => length > 0);
    return { text, entities };
  }
  blocks(tokens: readonly Token[], between = '\n\n'): void {
    for (const token of tokens) {
      if (token.type === 'space') continue;
      if (this.#text !== '' && !this.#text.endsWith('\n')) this.#text += between;
      this.#block(token);
    }
  }
  #block(token: Token): void {
    switch (token.type) {
      case 'heading':
        this.#marked('MessageEntityBold', () => this.#inline(token.tokens ?? []));
        return;
      case 'code':
        this.#marked('MessageEntityPre', () => this.#write(token.text), { language: token.lang ?? '' });
        return;
      case 'blockquote':
        this.#marked('MessageEntityBlockquote', () => this.blocks(token.tokens ?? [], '\n'));
        return;
      case 'list':
        this.#list(token);
        return;
      case 'hr':
        this.#write('———');
        return;
      case 'paragraph':
      case 'text':
        if (token.tokens) this.#inline(token.tokens);
        else this.#write(token.text);
        return;
      default:
        this.#write(token.raw.trimEnd());
    }
  }
  #list(token: Token): void {
    const { items = [], ordered = false, start = 1 } = 'items' in token ? token : {};
    for (const [index, item] of Array.from<Token>(items).entries()) {
      if (index > 0) this.#write('\n');
      this.#write(ordered ? `${Number(start) + index}. ` : '• ');
      this.#item('tokens' in item ? (item.tokens ?? []) : []);
    }
  }
  /** What a list's line holds stands on that line. */
  #item(tokens: readonly Token[]): void {
    for (const [index, token] of tokens.entries()) {
      if (index > 0) this.#write('\n');
      this.#block(token);
    }
  }
  #inline(tokens: readonly Token[]): void {
    for (const token of tokens) this.#run(token);
  }
  #run(token: Token): void {
    const inner = 'tokens' in token ? (token.tokens ?? []) : [];
    switch (token.type) {
      case 'strong':
        this.#marked('MessageEntityBold', () => this.#inline(inner));
        break;
      case 'em':
        this.#marked('MessageEntityItalic', () => this.#inline(inner));
        break;
      case 'del':
        this.#marked('MessageEntityStrike', () => this.#inline(inner));
        break;
      case 'codespan':
        this.#marked('MessageEntityCode', () => this.#write(token.text));
        break;
      case 'link':
        // An address that stands for itself is found by Telegram.
        if (token.href === token.text || token.href === `mailto:${token.text}`) this.#write(token.text);
        else this.#marked('MessageEntityTextUrl', () => this.#inline(inner), { url: token.href });
        break;
      case 'br':
        this.#write('\n');
        break;
      case 'text':
        if (inner.length > 0) this.#inline(inner);
        else this.#write(token.text);
        break;
      default:
        this.#write('text' in token ? token.text : token.raw);
    }
  }
  #write(text: string): void {
    this.#text += text;
  }
  #marked(name: string, write: () => void, more: Readonly<Record<string, unknown>> = {}): void {
    const offset = this.#text.length;
    write();
    const length = this.#text.length - offset;
    if (length > 0) this.#entities.push({ _: name, offset, length, ...more });
  }
}

/** People named in the text, by their access: the first place each name stands at (core.telegram.org/api/mentions). */
export function withMentions(
  { text, entities }: Formatted,
  mentions: readonly Mention[],
  input: (key: string) => Plain | undefined,
): Formatted {
  const named = mentions.flatMap(({ key, name }): Plain[] => {
    const userId = peerFrom(key)?.kind === 'user' ? input(key) : undefined;
    const offset = name === undefined || name === '' ? -1 : text.indexOf(name);
    if (!userId || offset < 0 || name === undefined) return [];
    return [{ _: 'InputMessageEntityMentionName', offset, length: name.length, userId }];
  });
  return { text, entities: [...entities, ...named] };
}
