import { describe, expect, it } from 'vitest';
import { formatted } from '../send/markdown.ts';
import { mentionsOf, toText } from './text.ts';

const entity = (name: string, offset: number, length: number, more: object = {}) => ({
  _: `MessageEntity${name}`,
  offset,
  length,
  ...more,
});

describe('formatted text', () => {
  it('stays plain where nothing is formatted, whatever signs are in it', () => {
    const text = '5 * 3 _ish_ [sic] `code`';
    expect(toText(text, [])).toEqual({ kind: 'text', format: 'plain', text });
  });

  it('becomes markdown with the same words beside it', () => {
    const text = 'Bold and code, a*b';
    expect(toText(text, [entity('Bold', 0, 4), entity('Code', 9, 4)])).toEqual({
      kind: 'text',
      format: 'markdown',
      text: '**Bold** and `code`, a\\*b',
      plain: text,
    });
  });

  it('counts in UTF-16 units, as Telegram does', () => {
    const text = '👍🏽 yes';
    expect(toText(text, [entity('Bold', 5, 3)])).toMatchObject({ text: '👍🏽 **yes**' });
  });

  it('puts marks beside words, never beside blanks', () => {
    expect(toText('so  bold  here', [entity('Bold', 2, 8)])).toMatchObject({ text: 'so  **bold**  here' });
  });

  it('nests what lies within, and leaves unmarked what crosses', () => {
    expect(toText('abcdef', [entity('Bold', 0, 6), entity('Italic', 2, 2)])).toMatchObject({ text: '**ab*cd*ef**' });
    expect(toText('abcdef', [entity('Bold', 0, 4), entity('Italic', 2, 4)])).toMatchObject({ text: '**abcd**ef' });
  });

  it('keeps links, and drops those that lead nowhere', () => {
    const url = 'https://example.org/a b';
    expect(toText('see here', [entity('TextUrl', 4, 4, { url })])).toMatchObject({
      text: 'see [here](<https://example.org/a%20b>)',
    });
    expect(toText('see here', [entity('TextUrl', 4, 4, { url: 'nowhere' })])).toMatchObject({ format: 'plain' });
  });

  it('is not led astray by places outside the text', () => {
    for (const [offset, length] of [
      [-1, 4],
      [2, 0],
      [3, 99],
      [1e9, 1],
    ] as const)
      expect(toText('short', [entity('Bold', offset, length)])).toMatchObject({ format: 'plain', text: 'short' });
  });

  it('names the people it mentions, and who of them is me', () => {
    const entities = [entity('MentionName', 0, 4, { userId: '7' }), entity('MentionName', 9, 2, { userId: '1' })];
    expect(mentionsOf('Hana and me', entities, '1')).toEqual([
      { key: 'u7', name: 'Hana' },
      { key: 'u1', name: 'me', me: true },
    ]);
  });

  it.each([
    ['**bold** and *italic*', 'bold and italic', ['Bold 0 4', 'Italic 9 6']],
    ['one\ntwo', 'one\ntwo', []],
    ['one\n\ntwo', 'one\n\ntwo', []],
    ['- a\n- b', '• a\n• b', []],
    ['3. a\n4. b', '3. a\n4. b', []],
    ['> quoted', 'quoted', ['Blockquote 0 6']],
    ['# Title\n\ntext', 'Title\n\ntext', ['Bold 0 5']],
    ['```ts\nlet a\n```', 'let a', ['Pre 0 5']],
    ['https://example.org', 'https://example.org', []],
    ['[here](https://example.org)', 'here', ['TextUrl 0 4']],
    ['~~no~~ `code`', 'no code', ['Strike 0 2', 'Code 3 4']],
    ['a \\* b', 'a * b', []],
  ])('is sent as words and what they are: %j', (markdown, text, entities) => {
    const told = formatted({ kind: 'text', format: 'markdown', text: markdown });
    expect(told.text).toBe(text);
    expect(
      told.entities.map(({ _: name, offset, length }) => `${name.replace('MessageEntity', '')} ${offset} ${length}`),
    ).toEqual(entities);
  });
});
