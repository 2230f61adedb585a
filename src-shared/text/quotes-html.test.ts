import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { foldAttribute, markQuotes } from './quotes-html.ts';

const marked = (html: string): readonly (readonly [string | null, string])[] => {
  const { document } = parseHTML(`<html><body><main>${html}</main></body></html>`);
  const root = document.querySelector('main');
  if (!root) throw new Error('there is no body');
  markQuotes(root);
  return [...root.querySelectorAll(`[${foldAttribute}]`)].map((node) => [
    node.getAttribute(foldAttribute),
    (node.textContent ?? '').trim(),
  ]);
};

describe('Quotations of HTML mail', () => {
  it('are marked with the line that says whose they are, and so is the signature', () => {
    expect(
      marked(
        '<p>Fine by me.</p><div class="gmail_signature">Bob, Sales</div><p>On 1 March 2011 Ann wrote:</p><blockquote>Shall we?</blockquote>',
      ),
    ).toEqual([
      ['signature', 'Bob, Sales'],
      ['quoted', 'On 1 March 2011 Ann wrote:'],
      ['quoted', 'Shall we?'],
    ]);
  });

  it('stay in sight where an answer stands below them', () => {
    expect(marked('<blockquote>Shall we?</blockquote><p>We shall.</p>')).toEqual([]);
  });

  it.each([
    ['a thousand quotations', `<p>Hi</p>${'<blockquote>x</blockquote>'.repeat(1000)}`],
    ['quotations in quotations', `<p>Hi</p>${'<blockquote>x'.repeat(450)}${'</blockquote>'.repeat(450)}`],
    ['boxes in boxes around much text', `${'<div>'.repeat(400)}${'words '.repeat(10_000)}${'</div>'.repeat(400)}`],
    ['many quotations and much text', `${'<blockquote>x</blockquote>'.repeat(150)}<p>${'words '.repeat(60_000)}</p>`],
  ])('are not looked for where that would take long: %s', (_, html) => {
    expect(marked(html)).toEqual([]);
  });

  it('are found at once in a long mail of twenty thousand signatures', () => {
    const began = process.cpuUsage();
    const found = marked(`<p>Hi</p>${'<p>-- </p>'.repeat(20_000)}`);
    const { user, system } = process.cpuUsage(began);
    // By the processor's time: others may load the machine. Microseconds.
    expect(user + system).toBeLessThan(5_000_000);
    expect(found.length).toBeLessThanOrEqual(20);
    expect(found.length).toBeGreaterThan(0);
  });
});
