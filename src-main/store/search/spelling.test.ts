import { afterEach, describe, expect, it } from 'vitest';
import { changes } from './spelling.ts';
import { Inbox } from './testing/inbox.ts';

describe('changes between words', () => {
  it.each([
    ['snapshot', 'snapshot', 0],
    ['snapshto', 'snapshot', 1],
    ['performence', 'performance', 1],
    ['recieve', 'receive', 1],
    ['tset', 'test', 1],
    ['budgt', 'budget', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('%s and %s: %i', (a, b, count) => {
    expect(changes(a, b)).toBe(count);
    expect(changes(b, a)).toBe(count);
  });
});

describe('a mistyped word', () => {
  let inbox: Inbox;
  const fill = (...texts: string[]) => {
    inbox = new Inbox();
    inbox.letters(texts.map((text) => ({ text })));
    return inbox;
  };
  afterEach(() => inbox.close());
  const three = (text: string) => [`${text} one`, `${text} two`, `${text} three`];

  it('finds what was meant and says so', async () => {
    const { hits, corrected } = await fill(...three('performance')).search('performence ');
    expect(corrected).toEqual([['performence', 'performance']]);
    expect(hits.map(({ snippet }) => snippet)).toEqual([
      '\uE000performance\uE001 one',
      '\uE000performance\uE001 two',
      '\uE000performance\uE001 three',
    ]);
  });
  it('forgives two neighbours swapped in a short word', async () => {
    expect((await fill(...three('lunch')).search('lnuch ')).corrected).toEqual([['lnuch', 'lunch']]);
  });
  it('is mended whatever its diacritics', async () => {
    expect(await fill(...three('Zażółć')).found('zazolv ')).toHaveLength(3);
  });
  it('stays as it is when messages have it', async () => {
    const { hits, corrected } = await fill(...three('form'), ...three('from')).search('form ');
    expect(corrected).toEqual([]);
    expect(hits).toHaveLength(3);
  });
  it('keeps the few messages that have it as well', async () => {
    const found = await fill('a teh here', ...three('lemonade'), 'lemonaed too').found('lemonaed ');
    expect(found).toHaveLength(4);
  });
  it('is left alone between quotes, with digits, or when nothing is near', async () => {
    fill(...three('performance'), ...three('abc123'));
    expect((await inbox.search('"performence"')).hits).toEqual([]);
    expect((await inbox.search('abc132 ')).corrected).toEqual([]);
    expect((await inbox.search('zzzzzz ')).corrected).toEqual([]);
  });
  it('is mended within an operator too', async () => {
    inbox = new Inbox();
    inbox.letters([1, 2, 3].map(() => ({ text: 'hello', subject: 'Quarterly plan' })));
    expect((await inbox.search('subject:quartrely ')).hits).toHaveLength(3);
  });
});

describe('an unfinished word', () => {
  it('finds all words it may become, frequent or not', async () => {
    const inbox = new Inbox();
    inbox.letters([{ text: 'invoice' }, { text: 'invitation' }, { text: 'involved' }, { text: 'other' }]);
    expect(await inbox.found('inv')).toEqual(['invoice', 'invitation', 'involved']);
    expect(await inbox.found('invo')).toEqual(['invoice', 'involved']);
    inbox.close();
  });
});
