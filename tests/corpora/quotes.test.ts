import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { unfoldFlowed } from '../../adapters/_kit/mail/flowed.ts';
import { splitQuotes, visibleText } from '../../src-shared/text/quotes.ts';
import { foldAttribute, markQuotes } from '../../src-shared/text/quotes-html.ts';
import { corpus, describeCorpus, filesOf } from './corpus.ts';

/** The body as the window has it after sanitising: no head, no styles. */
function bodyOf(html: string): Element {
  const bare = html.replace(/<title>[\s\S]*?<\/title>/gi, '').replace(/<\/?(?:html|head|body)\b[^>]*>/gi, '');
  const { document } = parseHTML(`<html><body>${bare}</body></html>`);
  for (const hidden of document.querySelectorAll('style,script')) hidden.remove();
  return document.body;
}
const wordsOf = (node: Element) => (node.textContent ?? '').replace(/[\s\u00a0\u200b]+/g, ' ').trim();

/** Where ours is another choice, or not good enough yet. */
const accepted: Readonly<Record<string, string>> = {
  email_1: 'falls short: one "From: name" line of a copied header written by hand stays in sight above the folded rest',
  email_4: 'quoted-printable that nobody decoded: no mark-up is readable, nothing is folded',
  email_18: 'signatures repeated below each other after an answer within the quotation: left in sight',
  email_19: 'falls short: one of two "On ... wrote:" lines, written without a container, stays in sight',
  email_27: 'a last quotation with an answer written into it: theirs shows its beginning, ours folds it whole',
};

describeCorpus('HTML answers of many mail programs', 'mime/mailspring-quoted-text', () => {
  const files = filesOf('mime/mailspring-quoted-text/emails');
  for (const { name, bytes } of files.filter((file) => /^email_\d+\.html$/.test(file.name))) {
    const title = name.replace('.html', '');
    const stripped = files.find((file) => file.name === `${title}_stripped.html`);
    if (!stripped) continue;
    it(`${accepted[title] === undefined ? 'are folded to what their writer wrote' : 'lose nothing of what their writer wrote'}: ${name}`, () => {
      const body = bodyOf(bytes().toString('utf8'));
      const whole = wordsOf(body);
      markQuotes(body);
      // Marking moves nothing and hides nothing by itself.
      expect(wordsOf(body)).toBe(whole);
      for (const folded of body.querySelectorAll(`[${foldAttribute}]`)) folded.remove();
      const theirs = wordsOf(bodyOf(stripped.bytes().toString('utf8')));
      if (accepted[title] === undefined) expect(wordsOf(body)).toBe(theirs);
      else expect(wordsOf(body).slice(0, 40)).toBe(theirs.slice(0, 40));
    });
  }
});

describeCorpus('Plain answers of many mail programs', 'mime/mailspring-quoted-text', () => {
  const text = (name: string) => readFileSync(corpus(`mime/mailspring-quoted-text/emails/${name}.txt`), 'utf8');

  it.each([
    ['email_1_4', "Awesome! I haven't had another problem with it."],
    ['email_1_6', 'I get proper rendering as well.'],
    ['email_2_1', 'Outlook with a reply'],
    ['email_BlackBerry', 'Here is another email'],
    ['email_iPhone', 'Here is another email'],
    ['email_multi_word_sent_from_my_mobile_device', 'Here is another email'],
    ['correct_sig', 'this is an email with a correct -- signature.'],
  ])('%s is folded to what its writer wrote', (name, expected) => {
    expect(visibleText(text(name))).toBe(expected);
  });

  it('keeps answers between the lines in sight, and sentences that look like a signature', () => {
    expect(visibleText(text('email_1_8'))).toContain('and under this.');
    expect(visibleText(text('email_sent_from_my_not_signature'))).toContain('Sent from my desk');
    expect(visibleText(text('email_1_7'))).toContain('this should show too.');
  });

  it('covers every file from its first to its last character', () => {
    for (const { name, bytes } of filesOf('mime/mailspring-quoted-text/emails').filter((file) =>
      file.name.endsWith('.txt'),
    )) {
      const whole = bytes().toString('utf8');
      const joined = splitQuotes(whole)
        .map(({ start, end }) => whole.slice(start, end))
        .join('');
      expect(joined, name).toBe(whole);
    }
  });
});

describeCorpus("Roundcube's format=flowed", 'mime/roundcube', () => {
  it('is joined to the same lines, blanks at their ends aside', () => {
    const read = (name: string) => readFileSync(corpus(`mime/roundcube/tests/src/${name}`), 'utf8');
    const lines = (text: string) => text.split(/\r?\n/).map((line) => line.trimEnd());
    expect(lines(unfoldFlowed(read('format-flowed.txt'), false))).toEqual(lines(read('format-flowed-unfolded.txt')));
  });
});
