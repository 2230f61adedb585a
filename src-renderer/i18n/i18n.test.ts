import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { en } from './en.ts';
import { createFormats } from './formats.ts';
import { createI18n, pick } from './index.ts';
import { pl } from './pl.ts';

const base = (key: string): string => key.replace(/_(one|few|many|other)$/, '');
const holes = (text: string): readonly string[] =>
  [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1] ?? '').sort();
const root = join(import.meta.dirname, '..');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(en|pl)\.ts$|\.test\.tsx?$/.test(name))
  .map((name) => readFileSync(join(root, name), 'utf8'));

describe('translations', () => {
  test('every English string is used somewhere in the window', () => {
    const text = sources.join('\n');
    const unused = [...new Set(Object.keys(en).map(base))].filter((key) => !text.includes(`'${key}'`));
    expect(unused).toEqual([]);
  });

  test('every string asked for exists', () => {
    const known = new Set(Object.keys(en).map(base));
    const asked = sources.flatMap((text) => [...text.matchAll(/\bt\('([^']+)'/g)].map((match) => match[1] ?? ''));
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !known.has(key))).toEqual([]);
  });

  test('Polish has every English string, and no other', () => {
    expect(new Set(Object.keys(pl).map(base))).toEqual(new Set(Object.keys(en).map(base)));
  });

  test('Polish plurals come in all four forms', () => {
    const plural = Object.keys(en)
      .filter((key) => key.endsWith('_one'))
      .map(base);
    const missing = plural
      .flatMap((key) => ['one', 'few', 'many', 'other'].map((form) => `${key}_${form}`))
      .filter((key) => !(key in pl));
    expect(missing).toEqual([]);
  });

  test('both languages leave room for the same values', () => {
    const byName: Readonly<Record<string, string>> = pl;
    const differing = Object.entries(en).filter(([key, text]) => {
      const other = byName[key] ?? '';
      // "One second" may be said without the number.
      return !key.endsWith('_one') && holes(text).join() !== holes(other).join();
    });
    expect(differing).toEqual([]);
  });

  test('plurals follow the language', () => {
    const i18n = createI18n('pl');
    expect([1, 2, 5, 22].map((count) => i18n.t('part.votes', { count }))).toEqual([
      '1 głos',
      '2 głosy',
      '5 głosów',
      '22 głosy',
    ]);
    i18n.choose('en', []);
    expect([1, 2].map((count) => i18n.t('part.votes', { count }))).toEqual(['1 vote', '2 votes']);
  });

  test('a name in a sentence cannot turn the rest of it around, and stands as it was written', () => {
    const { t } = createI18n('en');
    expect(t('message.forwardedFrom', { name: '\u202eevil\u2066 <b>&' })).toBe(
      t('message.forwardedFrom', { name: 'evil <b>&' }),
    );
    expect(t('message.forwardedFrom', { name: 'ليلى <b>&' })).toContain('ليلى <b>&');
  });

  test('the first language of the system that is translated is taken, else English', () => {
    expect(pick(['de-DE', 'pl-PL', 'en'])).toBe('pl');
    expect(pick(['de', 'fr'])).toBe('en');
  });
});

describe('formats', () => {
  const formats = createFormats('pl', createI18n('pl').t);
  const now = new Date(2026, 2, 18, 15, 30).getTime();
  test('a list shows the hour today, the weekday this week, and then the date', () => {
    expect(formats.brief(new Date(2026, 2, 18, 9, 5).getTime(), now)).toBe('9:05');
    expect(formats.brief(new Date(2026, 2, 15, 9, 5).getTime(), now)).toBe('niedz.');
    expect(formats.brief(new Date(2026, 0, 2).getTime(), now)).toBe('2 sty');
    expect(formats.brief(new Date(2024, 0, 2).getTime(), now)).toBe('2 sty 2024');
  });
  test('days are named by the calendar, not by hours passed', () => {
    expect(formats.day(new Date(2026, 2, 17, 23, 59).getTime(), new Date(2026, 2, 18, 0, 1).getTime())).toBe('Wczoraj');
  });
  test('a time to come has its year only when it is another one, and whole days have no hours', () => {
    expect(formats.moment(new Date(2026, 10, 23, 9).getTime(), now)).toMatch(/^pon\., 23 lis, 0?9:00$/);
    expect(formats.moment(new Date(2027, 0, 4, 9).getTime(), now)).toContain('2027');
    const [first, last] = [Date.UTC(2026, 10, 23), Date.UTC(2026, 10, 24)];
    expect(formats.span(first, first, true)).toBe('poniedziałek, 23 listopada 2026');
    expect(formats.span(first, last, true)).not.toContain(':');
  });
  test('money has as many decimals as its currency', () => {
    expect(formats.money(123456, 'PLN').replace(/\s/g, ' ')).toBe('1234,56 zł');
    expect(formats.money(500, 'JPY').replace(/\s/g, ' ')).toBe('500 JPY');
  });
});
