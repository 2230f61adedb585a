import { expect, test } from 'vitest';
import { withMarks } from './markdown.ts';

/** A text with its selection between brackets, marked. */
function marked(said: string, format: Parameters<typeof withMarks>[3]): string {
  const from = said.indexOf('[');
  const to = said.indexOf(']') - 1;
  const text = said.replace(/[[\]]/g, '');
  const change = withMarks(text, from, to, format);
  const next = text.slice(0, change.from) + change.text + text.slice(change.to);
  return `${next.slice(0, change.start)}[${next.slice(change.start, change.end)}]${next.slice(change.end)}`;
}

test('marks go around what is selected, and come off again', () => {
  expect(marked('a [word] more', 'bold')).toBe('a **[word]** more');
  expect(marked('a **[word]** more', 'bold')).toBe('a [word] more');
  expect(marked('[]', 'code')).toBe('`[]`');
});

test('marks of lines go before each of them, and come off again', () => {
  expect(marked('one\n[two\nthree]', 'quote')).toBe('one\n[> two\n> three]');
  expect(marked('[> two\n> three]', 'quote')).toBe('[two\nthree]');
  expect(marked('milk[]', 'list')).toBe('- milk[]');
});
