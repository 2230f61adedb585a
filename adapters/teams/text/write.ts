import type { OutgoingMessage } from '../../../src-shared/model/index.ts';
import { htmlOf } from '../../../src-shared/text/formats.ts';
import { type Many, manyIn, manyOf, type Place } from '../ids.ts';

/** Somebody a message mentions, as Graph wants it told (https://learn.microsoft.com/en-us/graph/api/resources/chatmessagemention). */
export interface WrittenMention {
  readonly id: number;
  readonly mentionText: string;
  readonly mentioned:
    | { readonly user: { readonly id: string; readonly displayName: string; readonly userIdentityType: 'aadUser' } }
    | {
        readonly conversation: {
          readonly id: string;
          readonly displayName: string;
          readonly conversationIdentityType: Many;
        };
      };
}
export interface Written {
  readonly html: string;
  readonly mentions: readonly WrittenMention[];
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** Words within these are not addressed to anybody. */
const verbatim = new Set(['code', 'pre', 'a']);

/**
 * The words of a message as Teams takes them there; whoever stands in them after an @ and was chosen is mentioned. `own`: the
 * elements of own emoji, by how they stand in words.
 */
export function write(
  { parts, mentions = [] }: Pick<OutgoingMessage, 'parts' | 'mentions'>,
  place: Place,
  own: ReadonlyMap<string, string> = new Map(),
): Written {
  const html = parts
    .flatMap((part) => (part.kind === 'text' ? [htmlOf(part.text, part.format)] : []))
    .filter((one) => one.trim() !== '')
    .join('');
  const people = mentions
    .flatMap(({ key, name }) => (name ? [{ key, name: name.replace(/^@/, '') }] : []))
    .filter(({ name, key }) => name !== '' && !key.startsWith('app:'))
    .toSorted((a, b) => b.name.length - a.name.length);
  if (people.length === 0 && own.size === 0) return { html, mentions: [] };
  const emoji = new Map([...own].map(([text, mark]) => [escaped(text), mark]));
  const names = people.length === 0 ? [] : [`@(${anyOf(people.map(({ name }) => escaped(name)))})(?![\\p{L}\\p{N}])`];
  const shape = new RegExp([...names, ...(emoji.size === 0 ? [] : [anyOf([...emoji.keys()])])].join('|'), 'gu');
  const written: WrittenMention[] = [];
  let within = 0;
  const marked = html
    .split(/(<[^<>]*>)/)
    .map((piece) => {
      const tag = /^<(\/?)([a-z0-9]+)/i.exec(piece);
      if (tag) {
        if (verbatim.has((tag[2] ?? '').toLowerCase())) within += tag[1] ? -1 : 1;
        return piece;
      }
      if (within > 0) return piece;
      return piece.replace(shape, (found: string, name: unknown) => {
        const who = people.find((one) => escaped(one.name) === name);
        if (!who) return emoji.get(found) ?? found;
        const id = written.length;
        const mentioned = mentionOf(who.key, who.name, place);
        if (!mentioned) return found;
        written.push({ id, mentionText: who.name, mentioned });
        return `<at id="${id}">${escaped(who.name)}</at>`;
      });
    })
    .join('');
  return { html: marked, mentions: written };
}

const anyOf = (texts: readonly string[]): string =>
  texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');

function mentionOf(key: string, name: string, place: Place): WrittenMention['mentioned'] | undefined {
  const many = manyOf(key);
  if (many === undefined) return { user: { id: key, displayName: name, userIdentityType: 'aadUser' } };
  const id = manyIn(place, many);
  return id === undefined ? undefined : { conversation: { id, displayName: name, conversationIdentityType: many } };
}
