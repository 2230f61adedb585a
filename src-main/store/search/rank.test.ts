import { afterEach, expect, it } from 'vitest';
import { Inbox } from './testing/inbox.ts';

let inbox: Inbox;
afterEach(() => inbox.close());

const filler = 'words about nothing in particular, going on and on so that the letter is long';

it('puts the subject before the text and the whole phrase before its words apart', async () => {
  inbox = new Inbox();
  inbox.letters([
    { text: `${filler} budget and then, much later, review`, subject: 'Newest' },
    { text: `${filler} our budget review ${filler}`, subject: 'Phrase' },
    { text: filler, subject: 'Budget review' },
    { text: filler, subject: 'Neither' },
  ]);
  const { hits } = await inbox.search('budget review ', { order: 'relevance' });
  expect(hits.map(({ title }) => title)).toEqual(['Budget review', 'Phrase', 'Newest']);
});

it('gives the newer of equals first, page by page without repeating one', async () => {
  inbox = new Inbox();
  inbox.letters(Array.from({ length: 7 }, (_, i) => ({ text: `the same text ${'x'.repeat(i)}`, subject: String(i) })));
  const titles: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await inbox.search('same ', { order: 'relevance', limit: 3, ...(cursor ? { cursor } : {}) });
    titles.push(...page.hits.map(({ title }) => title));
    cursor = page.next;
    // What comes in between must not shift the pages.
    inbox.letters([{ text: 'the same same same text', subject: 'late', age: 0 }]);
  } while (cursor !== undefined);
  expect(titles.toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6']);
});

it('is newest first where there are no words to judge by', async () => {
  inbox = new Inbox();
  inbox.letters([{ text: 'a', starred: true }, { text: 'b' }, { text: 'c', starred: true }]);
  expect(await inbox.found('is:starred', { order: 'relevance' })).toEqual(['a', 'c']);
});
