import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawn } from '../testing/drawn.ts';
import { parse } from './parse.ts';

const now = new Date(2026, 10, 22, 12, 30).getTime(); // a Sunday
const day = (year: number, month: number, date = 1) => new Date(year, month - 1, date).getTime();
const one = (text: string) => {
  const { clauses } = parse(text, now);
  expect(clauses).toHaveLength(1);
  return clauses[0];
};
const word = (text: string, more: object = {}) => ({
  is: 'text',
  field: 'any',
  words: [text],
  exact: false,
  prefix: false,
  negated: false,
  ...more,
});

describe('words', () => {
  it('makes the last word, still being typed, the beginning of a word', () => {
    expect(parse('hello wor', now).clauses).toEqual([word('hello'), word('wor', { prefix: true })]);
  });
  it('takes a word followed by a blank as finished', () => {
    expect(one('hello ')).toEqual(word('hello'));
  });
  it('takes a star as the beginning of a word, wherever it stands', () => {
    expect(parse('foo* bar ', now).clauses).toEqual([word('foo', { prefix: true }), word('bar')]);
  });
  it('keeps words between quotes together and as they stand', () => {
    expect(one('"Quarterly  report"')).toEqual({ ...word(''), words: ['quarterly', 'report'], exact: true });
  });
  it('closes a quotation mark without a partner at the end', () => {
    expect(one('"quarterly report')).toMatchObject({ words: ['quarterly', 'report'], exact: true });
  });
  it('keeps the parts of an address or a path together', () => {
    expect(one('anna.nowak@example.com ')).toMatchObject({ words: ['anna', 'nowak', 'example', 'com'], exact: false });
  });
  it('folds diacritics and case, the Polish stroke too', () => {
    expect(one('ŻÓŁĆ ')).toEqual(word('zolc'));
  });
  it('takes each character of a script without blanks as a word', () => {
    expect(one('東京 ')).toMatchObject({ words: ['東', '京'] });
  });
  it('negates with a minus sign in front, not within', () => {
    expect(parse('-foo bar-baz ', now).clauses).toEqual([
      word('foo', { negated: true }),
      { ...word(''), words: ['bar', 'baz'] },
    ]);
  });
});

describe('operators', () => {
  it.each([
    ['from:anna ', { is: 'text', field: 'from', words: ['anna'] }],
    ['FROM:anna ', { is: 'text', field: 'from', words: ['anna'] }],
    ['from: anna ', { is: 'text', field: 'from', words: ['anna'] }],
    ['from:"Anna Nowak"', { is: 'text', field: 'from', words: ['anna', 'nowak'], exact: true }],
    ['-from:anna ', { is: 'text', field: 'from', negated: true }],
    ['from:me', { is: 'mine', side: 'from' }],
    ['to:bob ', { is: 'text', field: 'to', words: ['bob'] }],
    ['cc:bob ', { is: 'text', field: 'to', words: ['bob'] }],
    ['subject:"next week"', { is: 'text', field: 'subject', words: ['next', 'week'] }],
    ['filename:report.pdf ', { is: 'text', field: 'filename', words: ['report', 'pdf'] }],
    ['in:inbox', { is: 'view', view: 'inbox' }],
    ['in:archive', { is: 'view', view: 'done' }],
    ['in:anywhere', { is: 'view', view: 'anywhere' }],
    ['in:Receipts', { is: 'label', name: 'receipts' }],
    ['label:"To Do"', { is: 'label', name: 'to do' }],
    ['channel:email', { is: 'channel', name: 'email' }],
    ['account:work', { is: 'account', name: 'work' }],
    ['has:attachment', { is: 'has', what: 'attachment' }],
    ['has:photo', { is: 'has', what: 'image' }],
    ['is:unread', { is: 'flag', flag: 'unread' }],
    ['-is:starred', { is: 'flag', flag: 'starred', negated: true }],
    ['is:group', { is: 'kind', kind: 'group' }],
    ['is:archived', { is: 'view', view: 'done' }],
    ['larger:5M', { is: 'size', least: 5 * 1024 * 1024, most: null }],
    ['smaller:1.5kb', { is: 'size', least: null, most: 1536 }],
  ])('reads %s', (text, expected) => {
    expect(one(text)).toMatchObject(expected);
  });

  it.each([
    ['has:cheese ', ['has', 'cheese']],
    ['is: ', ['is']],
    ['before:noon ', ['before', 'noon']],
    ['larger:elephant ', ['larger', 'elephant']],
    ['re:hello ', ['re', 'hello']],
    ['https://example.com/a ', ['https', 'example', 'com', 'a']],
    ['constructor:x ', ['constructor', 'x']],
  ])('searches what it cannot read as words: %s', (text, words) => {
    expect(one(text)).toMatchObject({ is: 'text', field: 'any', words });
  });

  it('says how the box was read', () => {
    expect(parse('-from:anna "last call" after:2024-05 has:files repor', now).understood).toEqual([
      { field: 'from', value: 'anna', negated: true },
      { field: 'phrase', value: 'last call', negated: false },
      { field: 'after', value: '2024-05-01', negated: false },
      { field: 'has', value: 'attachment', negated: false },
      { field: 'words', value: 'repor', negated: false },
    ]);
  });
});

describe('dates', () => {
  const span = (text: string) => one(`on:${text}`);
  it.each([
    ['2024', day(2024, 1), day(2025, 1)],
    ['2024-05', day(2024, 5), day(2024, 6)],
    ['2024/12', day(2024, 12), day(2025, 1)],
    ['2024-05-01', day(2024, 5, 1), day(2024, 5, 2)],
    ['1.05.2024', day(2024, 5, 1), day(2024, 5, 2)],
    ['today', day(2026, 11, 22), day(2026, 11, 23)],
    ['yesterday', day(2026, 11, 21), day(2026, 11, 22)],
    ['"last week"', day(2026, 11, 9), day(2026, 11, 16)],
    ['last month', day(2026, 10), day(2026, 11)],
    ['last year', day(2025, 1), day(2026, 1)],
    ['monday', day(2026, 11, 16), day(2026, 11, 17)],
    ['3 days ago', day(2026, 11, 19), day(2026, 11, 20)],
    ['5 may', day(2026, 5, 5), day(2026, 5, 6)],
    ['december 5', day(2025, 12, 5), day(2025, 12, 6)],
    ['march 2023', day(2023, 3), day(2023, 4)],
    ['wczoraj', day(2026, 11, 21), day(2026, 11, 22)],
    ['przedwczoraj', day(2026, 11, 20), day(2026, 11, 21)],
    ['w zeszłym tygodniu', day(2026, 11, 9), day(2026, 11, 16)],
    ['zeszły miesiąc', day(2026, 10), day(2026, 11)],
    ['w poniedziałek', day(2026, 11, 16), day(2026, 11, 17)],
    ['3 dni temu', day(2026, 11, 19), day(2026, 11, 20)],
    ['5 maja 2024 roku', day(2024, 5, 5), day(2024, 5, 6)],
    ['sierpień', day(2026, 8), day(2026, 9)],
  ])('reads %s', (text, from, until) => {
    expect(span(text)).toEqual({ is: 'time', from, until, negated: false });
  });

  it('counts 7d, 2w, 3m and 1y back from now', () => {
    const from = (text: string) => {
      const clause = one(`after:${text}`);
      return clause?.is === 'time' ? clause.from : null;
    };
    expect(from('7d')).toBe(new Date(2026, 10, 15, 12, 30).getTime());
    expect(from('2w')).toBe(new Date(2026, 10, 8, 12, 30).getTime());
    expect(from('3m')).toBe(new Date(2026, 7, 22, 12, 30).getTime());
    expect(from('1y')).toBe(new Date(2025, 10, 22, 12, 30).getTime());
  });
  it('takes after: from the beginning of a span and before: until it', () => {
    expect(one('after:2024')).toMatchObject({ from: day(2024, 1), until: null });
    expect(one('before:2024')).toMatchObject({ from: null, until: day(2024, 1) });
  });
  it('takes a date of several words without quotes and leaves what follows alone', () => {
    expect(parse('after:last week invoice ', now).clauses).toEqual([
      { is: 'time', from: day(2026, 11, 9), until: null, negated: false },
      word('invoice'),
    ]);
  });
  it.each(['2024-13', '2024-02-30', '0000', '9999999', 'march hare'])('searches %s as words', (text) => {
    expect(parse(`on:"${text}"`, now).clauses).toMatchObject([{ is: 'text', field: 'any' }]);
  });
});

describe('any text', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          '-',
          ':',
          '"',
          '*',
          ' ',
          '(',
          ')',
          'from:',
          'on:',
          'is:',
          'AND',
          'NEAR',
          'ł',
          '東',
          '^',
          '\0',
          'a1',
        ),
        { maxLength: 24 },
      )
      .map((pieces) => pieces.join('')),
  );
  it('is read without an error, into clauses with something to search for', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const { clauses, understood } = parse(text, now);
        expect(understood).toHaveLength(clauses.length);
        for (const clause of clauses) if (clause.is === 'text') expect(clause.words.join('')).not.toBe('');
      }),
      drawn,
    );
  });
  it('loses no plain word', () => {
    const plain = fc.array(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(plain, (words) => {
        const read = parse(words.join(' '), now).clauses.flatMap((clause) =>
          clause.is === 'text' ? clause.words : [],
        );
        expect(read).toEqual(words);
      }),
      drawn,
    );
  });
});
