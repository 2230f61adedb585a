import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, type TextClause } from '../../../src-shared/search/index.ts';
import { drawn } from '../../../src-shared/testing/drawn.ts';
import { opening, snippetMaker } from './snippet.ts';

const clauses = (query: string): TextClause[] =>
  parse(query, 0).clauses.flatMap((clause) => (clause.is === 'text' ? [clause] : []));
const cut = (query: string, text: string) =>
  snippetMaker(clauses(query)).cut(text)?.replaceAll('\uE000', '[').replaceAll('\uE001', ']') ?? null;

describe('a snippet', () => {
  it('marks every word found, in its own spelling', () => {
    expect(cut('budget ', 'The Budget: a budget of budgets.')).toBe('The [Budget]: a [budget] of budgets.');
  });
  it('marks a whole word by its beginning', () => {
    expect(cut('bud', 'The budget of rosebuds.')).toBe('The [budget] of rosebuds.');
  });
  it.each([
    ['zolc ', 'Czysta Żółć tu', 'Czysta [Żółć] tu'],
    ['łódź ', 'From Lodz with love', 'From [Lodz] with love'],
    ['strasse ', 'Lange Straße 7', 'Lange [Straße] 7'],
    ['cafe ', 'Un cafe\u0301 noir', 'Un [caf\u00e9] noir'],
    ['東京 ', '私は東京に住む', '私は[東京]に住む'],
  ])('finds %s whatever the diacritics', (query, text, expected) => {
    expect(cut(query, text)).toBe(expected);
  });
  it('marks a phrase as one hit, over a line break too', () => {
    expect(cut('"annual report"', 'An annual\n  report, not a report that is annual.')).toBe(
      'An [annual report], not a report that is annual.',
    );
  });
  it('shows the place where most different words stand', () => {
    const text = `apple ${'filler word '.repeat(60)} apple beside a pear ${'more filler '.repeat(60)}`;
    expect(cut('apple pear ', text)).toContain('[apple] beside a [pear]');
  });
  it('is null when no word is in the text', () => {
    expect(cut('absent ', 'nothing here')).toBeNull();
  });
  it('lets nobody forge a mark', () => {
    expect(snippetMaker(clauses('word ')).cut('a \uE000fake\uE001 word')).toBe('a fake \uE000word\uE001');
  });
  it('stays short and its marks paired, for any text and words', () => {
    const word = fc.constantFrom('alpha', 'beta', 'żółw', 'x', '\n', 'γάμμα', '東京', '🙂', '.');
    const text = fc.array(word, { minLength: 1, maxLength: 400 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, fc.constantFrom('alpha ', 'be', 'zolw beta ', '"alpha beta"', '東'), (body, query) => {
        const snippet = snippetMaker(clauses(query)).cut(body);
        if (snippet === null) return;
        const shown = snippet.replaceAll(/[\uE000\uE001]/gu, '');
        expect(shown.length).toBeLessThanOrEqual(162);
        expect(snippet.replaceAll(/[^\uE000\uE001]/gu, '')).toMatch(/^(?:\uE000\uE001)+$/u);
      }),
      drawn,
    );
  });
});

describe('the opening of a text', () => {
  it('is one line, cut where a word ends', () => {
    const text = opening(`Hello\n\n${'several words '.repeat(40)}`);
    expect(text.length).toBeLessThanOrEqual(160);
    expect(text).toMatch(/^Hello several words .*(?:several|words)$/u);
  });
});
