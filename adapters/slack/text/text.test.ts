import { describe, expect, it } from 'vitest';
import { emojiOf, nameOf } from './emoji.ts';
import { mentionsIn, readMrkdwn } from './mrkdwn.ts';
import { type Names, noNames } from './names.ts';
import { toMarkdown, toPlain } from './rich.ts';
import { markdownToMrkdwn, plainToMrkdwn } from './write.ts';

const names: Names = {
  ...noNames,
  user: (id) => (id === 'U1' ? 'Ann Lee' : undefined),
  channel: (id) => (id === 'C1' ? 'general' : undefined),
  group: () => 'roofers',
};
const markdown = (text: string) => toMarkdown(readMrkdwn(text, names));
const plain = (text: string) => toPlain(readMrkdwn(text, names));

describe('mrkdwn', () => {
  it.each([
    ['*bold* _italic_ ~struck~ `code`', '**bold** _italic_ ~~struck~~ `code`'],
    ['*bold _both_*', '**bold** **_both_**'],
    ['no*bold*here, 2 * 3 * 4, snake_case_name', 'no\\*bold\\*here, 2 \\* 3 \\* 4, snake\\_case\\_name'],
    ['a &lt;b&gt; &amp;amp; c', 'a \\<b\\> \\&amp; c'],
    [
      '<https://e.example/?a=1&amp;b=2|see> <https://e.example>',
      '[see](<https://e.example/?a=1&b=2>) <https://e.example>',
    ],
    ['<javascript:alert(1)|click>', 'click'],
    ['&gt; quoted\n&gt; twice\nnot', '> quoted\n> twice\n\nnot'],
    ['&gt;&gt;&gt; all\nof it', '> all\n> of it'],
    ['```\nlet a = b &lt; c;\n```', '```\nlet a = b < c;\n```'],
    ['# no heading\n1. no list\n- neither', '\\# no heading\n1\\. no list\n\\- neither'],
  ])('%j reads %j', (source, expected) => {
    expect(markdown(source)).toBe(expected);
  });

  it('calls people, channels, groups and dates by their names', () => {
    expect(
      plain('<@U1> <@U2|bob> <@U3> <#C1> <#C2|random> <!here> <!subteam^S1> <!date^1392734382^{date}|18 February>'),
    ).toBe('@Ann Lee @bob @U3 #general #random @here @roofers 18 February');
    expect(mentionsIn('<@U1> <@U2|bob> <@U1> <!subteam^S1|@roofers> <!channel>')).toEqual({
      users: ['U1', 'U2'],
      groups: ['S1'],
      everyone: true,
    });
  });

  it('shows emoji, and leaves the workspace’s own by name', () => {
    expect(plain(':wave::skin-tone-3: :+1: :parrot_dance: at 10:30:45')).toBe('👋🏼 👍 :parrot_dance: at 10:30:45');
  });

  it('reads a hostile line in a time that grows with its length', () => {
    const cost = (length: number): number => {
      const hostile = ['*a ', '_a *b ~c <', '`', ':a'].map((piece) => piece.repeat(length / piece.length));
      const began = process.cpuUsage();
      for (let round = 0; round < 3; round++) for (const text of hostile) readMrkdwn(text, noNames);
      const { user, system } = process.cpuUsage(began);
      return user + system;
    };
    cost(4000);
    const [short, long] = [cost(4000), cost(40_000)];
    expect(long).toBeLessThan(short * 60 + 100_000);
  });
});

describe('writing', () => {
  it.each([
    ['**bold** *italic* ~~struck~~ `a < b`', '*bold* _italic_ ~struck~ `a &lt; b`'],
    [
      '[see](https://e.example/?a=1&b=2) https://e.example/x',
      '<https://e.example/?a=1&amp;b=2|see> <https://e.example/x>',
    ],
    ['- one\n- two\n  1. in\n  2. deep', '• one\n• two\n    1. in\n    2. deep'],
    ['> quoted\n> <more>', '> quoted\n> &lt;more&gt;'],
    ['# Heading\n\ntext', '*Heading*\n\ntext'],
    ['```js\na < b && c\n```', '```\na &lt; b &amp;&amp; c\n```'],
    ['- [x] done\n- [ ] open', '• ☑ done\n• ☐ open'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'a | b\n1 | 2'],
    ['5 &lt; 6 <@U1> <!channel>', '5 &amp;lt; 6 &lt;@U1&gt; &lt;!channel&gt;'],
  ])('%j becomes %j', (source, expected) => {
    expect(markdownToMrkdwn(source, [])).toBe(expected);
  });

  it('makes references of the people who are meant, the longest name first, and of nobody else', () => {
    const mentions = [
      { name: 'Ann', id: 'U1' },
      { name: 'Ann Lee', id: 'U2' },
    ];
    expect(plainToMrkdwn('@Ann Lee, @Ann and @Anna <@U9>', mentions)).toBe('<@U2>, <@U1> and @Anna &lt;@U9&gt;');
  });

  it('says the same when it is read again', () => {
    const source = '**Bold** and _so on_: [a link](https://e.example)\n\n> quoted\n\n`code`';
    const again = toMarkdown(readMrkdwn(markdownToMrkdwn(source, []), noNames));
    expect(again).toBe('**Bold** and _so on_: [a link](<https://e.example>)\n\n> quoted\n\n`code`');
  });
});

describe('emoji', () => {
  it.each(['👍', '👍🏽', '❤️', '🇵🇱', '👩‍💻', '👩🏽‍💻', '1️⃣', '👁️‍🗨️', '🎉'])('%s has a name that means it', (emoji) => {
    const name = nameOf(emoji);
    expect(name).toBeDefined();
    expect(emojiOf(name ?? '')).toBe(emoji);
  });

  it('that are none have no name, and the workspace’s own keep theirs', () => {
    expect(nameOf('hello')).toBeUndefined();
    expect(nameOf(':parrot_dance:')).toBe('parrot_dance');
    expect(emojiOf('parrot_dance')).toBeUndefined();
  });
});
