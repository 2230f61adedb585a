import { matchesIn, wordsOf } from './ranges.ts';

const name = 'find';
/** Marks drawn at once; more help nobody. */
const mostMarks = 2000;
/** What may have marks in it. */
const marked = new WeakSet<Element>();

const textsOf = function* (root: Node): Generator<Text> {
  const walker = (root.ownerDocument ?? document).createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node.nodeType === 3) yield node as Text;
};

function mark(page: Document, roots: readonly Element[], words: readonly string[]): void {
  const view = page.defaultView;
  if (!view || !('highlights' in view.CSS)) return;
  const highlight = new view.Highlight();
  for (const root of roots)
    for (const text of textsOf(root))
      for (const { start, end } of matchesIn(text.data, words)) {
        if (highlight.size >= mostMarks) break;
        const range = page.createRange();
        range.setStart(text, start);
        range.setEnd(text, end);
        highlight.add(range);
      }
  if (highlight.size === 0) view.CSS.highlights.delete(name);
  else view.CSS.highlights.set(name, highlight);
}

/**
 * Marks the words in all messages on the page, those in the frames of HTML mail too. The pages themselves stay as they
 * are: highlights are drawn over them (CSS Custom Highlight API).
 */
export function markWords(messages: Element, typed: string): void {
  const words = wordsOf(typed);
  // Without words nothing is looked at, unless marks of before are to go.
  if (words.length === 0 && !marked.has(messages)) return;
  if (words.length > 0) marked.add(messages);
  else marked.delete(messages);
  mark(document, [...messages.querySelectorAll('[data-message]')], words);
  for (const frame of messages.querySelectorAll<HTMLIFrameElement>('iframe.mail-frame')) {
    const page = frame.contentDocument;
    if (page?.body) mark(page, [page.body], words);
  }
}
