import { describe, expect, it } from 'vitest';
import { richTextOf } from './exact.ts';
import { isMisread } from './misread.ts';
import { readMrkdwn } from './mrkdwn.ts';
import { noNames } from './names.ts';
import { toMarkdown, toPlain } from './rich.ts';
import { readRichText } from './rich-text.ts';
import { markdownToMrkdwn, plainToMrkdwn } from './write.ts';

const names = { ...noNames, user: () => 'Ann', ownEmoji: (name: string) => name === 'northwind' };
const mentions = [
  { name: 'Ann', id: 'U1' },
  { name: 'here', id: '!here' },
];
/** As rich text, where Slack would misread the mark-up. */
function needed(format: 'plain' | 'markdown', text: string) {
  const block = richTextOf([{ text, format }], mentions, names);
  const mrkdwn = format === 'plain' ? plainToMrkdwn(text, mentions) : markdownToMrkdwn(text, mentions);
  return block && isMisread(block, mrkdwn) ? block : undefined;
}

describe('words that mark-up cannot say', () => {
  it.each([
    '2 * 3 * 4 is *not* bold',
    'snake_case_name and ~/home~',
    'run `ls` ```now```',
    '> no quote\nsecond line\n\nthird',
    '*@Ann* and *@here*: 👍 <b> & &amp;',
  ])('plain %j stays what it is', (text) => {
    const block = needed('plain', text);
    expect(toPlain(readRichText(block?.elements ?? [], names))).toBe(text);
    expect(toPlain(readMrkdwn(plainToMrkdwn(text, []), noNames))).not.toBe(text);
  });

  it.each([
    ['\\*only signs\\* and **bold**', '\\*only signs\\* and **bold**'],
    ['**un**marked, *half*way', '**un**marked, _half_way'],
    ['# A \\*title\\*\n\nand \\_more\\_', '**A \\*title\\***\n\nand \\_more\\_'],
    [
      '\\*\\*\n\n- [x] one **b**\n- two\n  1. in\n  2. deep\n- three\n\nend',
      '\\*\\*\n\n- ☑ one **b**\n- two\n   1. in\n   2. deep\n- three\n\nend',
    ],
    ['> \\*quoted\\*\n\n```js\na * b * c\n```', '> \\*quoted\\*\n\n```\na * b * c\n```'],
    ['[a \\*b\\*](https://e.example) `c` ~~d~~', '[a \\*b\\*](<https://e.example>) `c` ~~d~~'],
    ['3\\. x\n\n3. \\*a\\*\n4. b', '3\\. x\n\n3. \\*a\\*\n4. b'],
  ])('markdown %j reads %j', (text, expected) => {
    expect(toMarkdown(readRichText(needed('markdown', text)?.elements ?? [], names))).toBe(expected);
  });

  it.each([
    ['plain', 'one * alone, snake_case, 10:30:45'],
    ['plain', 'quoted > within'],
    ['markdown', '**bold** *italic* ~~struck~~ `code`, **_both_** and - that is all'],
    ['markdown', '- a list\n- of things\n\n> and a quote\n\n| a | b |\n|---|---|\n| 1 | 2 |'],
  ] as const)('%s %j needs none', (format, text) => {
    expect(needed(format, text)).toBeUndefined();
  });

  it('keeps people, links and emoji what they are', () => {
    expect(needed('plain', '*@Ann* :wave::skin-tone-3: :northwind: :nobody: https://e.example/a_b.')).toEqual({
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: '*' },
            { type: 'user', user_id: 'U1' },
            { type: 'text', text: '* ' },
            { type: 'emoji', name: 'wave', skin_tone: 3 },
            { type: 'text', text: ' ' },
            { type: 'emoji', name: 'northwind' },
            { type: 'text', text: ' :nobody: ' },
            { type: 'link', url: 'https://e.example/a_b' },
            { type: 'text', text: '.' },
          ],
        },
      ],
    });
  });
});
