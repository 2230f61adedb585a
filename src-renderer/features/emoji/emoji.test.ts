import english from 'emojibase-data/en/compact.json';
import codes from 'emojibase-data/en/shortcodes/github.json';
import polish from 'emojibase-data/pl/compact.json';
import { describe, expect, test } from 'vitest';
import { emojiOf, findEmoji, namedBefore, ownAmong, takenBy } from './emoji.ts';

const en = emojiOf(english, codes);
const pl = emojiOf(polish, codes);
const found = (text: string, all = en): readonly string[] => findEmoji(all, text, 5).map((emoji) => emoji.text);

describe('emoji', () => {
  test('are found by the name people type, whole names first', () => {
    expect(found('+1')[0]).toBe('👍');
    expect(found('thumbsup')[0]).toBe('👍');
    expect(found('tada')[0]).toBe('🎉');
    expect(found('hea').length).toBe(5);
    expect(found('')).toEqual([]);
  });
  test('are found by words of the language, with or without its letters', () => {
    expect(found('serce', pl).length).toBeGreaterThan(0);
    expect(found('śnieg', pl)).toEqual(found('snieg', pl));
  });
  test('are named with a colon, where a word begins', () => {
    expect(namedBefore('Hello :smi')).toBe('smi');
    expect(namedBefore(':żab')).toBe('żab');
    expect(['at 12:30', 'http://a', ':s', 'a:smile', ': smile'].map(namedBefore)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
  test('are those a conversation takes, whatever selectors it writes them with', () => {
    const taken = (...allowed: string[]) => takenBy(allowed, en).map(({ text }) => text);
    expect(taken('👍', '❤', '❤️‍🔥', '🤷‍♂', ':5368324170671202286:')).toEqual(['👍', '❤️', '❤️‍🔥', '🤷‍♂️']);
    expect(taken()).toEqual([]);
  });
  test('of a network’s own are found among the others, by their names', () => {
    const all = [...ownAmong([':ship-it:', ':roof:']), ...en];
    expect(found('ship', all)).toContain(':ship-it:');
    expect(found('roof', all)[0]).toBe(':roof:');
    expect(found('it', all)).toContain(':ship-it:');
  });
  test('stand without the selector that networks leave out', () => {
    expect(en.find((emoji) => emoji.codes.includes('heart'))?.text).toBe('❤️');
    expect(en.every((emoji) => !/^\p{Emoji_Presentation}\ufe0f$/u.test(emoji.text))).toBe(true);
  });
});
