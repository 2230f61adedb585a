import { attributionLines, isForwardMark, isOriginalMark, outlookHeaderLines } from './quote-marks.ts';

/** The attribute that marks what to fold; its value is `quoted` or `signature`. */
export const foldAttribute = 'data-fold';

/** Containers that mail programs put the former message into. */
const containers = [
  '.gmail_quote',
  '.gmail_quote_container',
  'blockquote[type="cite"]',
  '.moz-cite-prefix',
  '.moz-forward-container',
  '.yahoo_quoted',
  '.yahoo-quoted-begin',
  '.protonmail_quote',
  '.tutanota_quote',
  '.zmail_extra',
  '.mailspring-quote',
  '.nylas-quote',
  '.front-quote',
  '.quoted_text',
  'div[name="quote"]',
  '#mail-editor-reference-message-container',
  '.ms-outlook-mobile-reference-message',
  'blockquote',
].join(',');

/** Beginnings of the former message where no container holds it: everything after them belongs to it. */
const openers = [
  '#divRplyFwdMsg',
  '#appendonsend',
  '.OutlookMessageHeader',
  '#OLK_SRC_BODY_SECTION',
  '#reply-intro',
  'hr#stopSpelling',
].join(',');

const signatures = [
  '.gmail_signature',
  '.moz-signature',
  '#Signature',
  '.acompli_signature',
  '#ms-outlook-mobile-signature',
  '.protonmail_signature_block',
  '#AppleMailSignature',
].join(',');

const element = 1;
const textNode = 3;
const isElement = (node: Node): node is Element => node.nodeType === element;
const seen = (node: Node): boolean =>
  (node.textContent ?? '').replace(/[\s\u00a0\u200b]+/g, '') !== '' ||
  (isElement(node) &&
    node.querySelector('img,video,audio,table') !== null &&
    !/^(?:style|script|head)$/i.test(node.nodeName));
const wordsOf = (node: Node): string => (node.textContent ?? '').replace(/[\s\u00a0]+/g, ' ').trim();

/** Everything that comes after `node` within `root`, as whole as it can be named. */
function* following(root: Node, node: Node): Generator<Node> {
  for (let at: Node | null = node; at && at !== root; at = at.parentNode)
    for (let next = at.nextSibling; next; next = next.nextSibling) yield next;
}

/** Outlook's ruled header above the former message: a border on top, then "From: ... Sent: ...". */
function isRuledHeader(box: Element): boolean {
  const style = box.getAttribute('style') ?? '';
  return (
    /border-top:\s*(?:solid|1)|border:\s*none;\s*border-top/i.test(style) &&
    /^[\s\S]{0,20}[:：][\s\S]{10,2000}[:：]/.test(wordsOf(box).slice(0, 2100)) &&
    headerBlock(box)
  );
}
function headerBlock(node: Node): boolean {
  const lines = linesOf(node);
  const first = lines.findIndex((line) => line !== '');
  return first >= 0 && outlookHeaderLines(lines, first) >= 3;
}
/** Text of a node, a line for each block or line break. */
function linesOf(node: Node): string[] {
  const lines = [''];
  const walk = (at: Node) => {
    if (at.nodeType === textNode) lines[lines.length - 1] += at.textContent ?? '';
    const block = /^(?:br|p|div|tr|li|h\d|blockquote)$/i.test(at.nodeName);
    if (block) lines.push('');
    for (let child = at.firstChild; child; child = child.nextSibling) walk(child);
    if (block && !/^br$/i.test(at.nodeName)) lines.push('');
  };
  walk(node);
  return lines.map((line) => line.replace(/[\s\u00a0]+/g, ' ').trim());
}

/** A message passed on is the message itself, whatever it is wrapped in. */
function isForward(box: Node): boolean {
  const lines = linesOf(box)
    .filter((line) => line !== '')
    .slice(0, 3);
  return lines.some(isForwardMark);
}

/** Wraps a bare text in an element that can carry the mark. */
function mark(node: Node, kind: 'quoted' | 'signature'): void {
  if (isElement(node)) {
    if (!/^(?:style|script|head|meta|link|title)$/i.test(node.nodeName)) node.setAttribute(foldAttribute, kind);
  } else if (node.nodeType === textNode && seen(node) && node.ownerDocument) {
    const holder = node.ownerDocument.createElement('span');
    holder.setAttribute(foldAttribute, kind);
    node.parentNode?.replaceChild(holder, node);
    holder.appendChild(node);
  }
}
const folded = (node: Node): boolean => {
  for (let at: Node | null = node; at; at = at.parentNode)
    if (isElement(at) && at.hasAttribute(foldAttribute)) return true;
  return false;
};
/** Any words or pictures of `root` that are not folded. */
function remains(root: Node): boolean {
  for (let child = root.firstChild; child; child = child.nextSibling) {
    if (
      isElement(child) &&
      (child.hasAttribute(foldAttribute) || /^(?:style|script|head|title)$/i.test(child.nodeName))
    )
      continue;
    if (
      child.nodeType === textNode
        ? seen(child)
        : isElement(child) && (/^(?:img|video|audio)$/i.test(child.nodeName) || remains(child))
    )
      return true;
  }
  return false;
}

/** The line "On ... wrote:" just before a quotation goes with it. */
function markAttribution(root: Node, box: Element): void {
  let before: Node | null = box;
  for (let steps = 0; steps < 6; steps++) {
    const previous: Node | null = before.previousSibling;
    before = previous ?? (before.parentNode === root ? null : before.parentNode);
    if (!before) return;
    if (!previous || !seen(before)) continue;
    const lines = linesOf(before).filter((line) => line !== '');
    if (lines.length <= 4 && attributionLines([...lines, '>'], lines.length) >= lines.length) mark(before, 'quoted');
    return;
  }
}

/**
 * Marks in `root` (the body of a sanitised mail) what to fold, with `foldAttribute`: the quotation at the end and the
 * signature. A quotation with an answer below it is left, and so are forwarded messages and a mail that would have
 * nothing left. Uses only the standard DOM of the given nodes. Returns how many nodes it marked. A mail so large or so
 * deeply wrapped that looking for quotations would be felt is left whole: none that a person wrote is.
 */
export function markQuotes(root: Element): number {
  if (isTooMuch(root)) return 0;
  for (const opener of openersOf(root)) {
    if (folded(opener) || isForward(opener)) continue;
    markOpener(root, opener);
  }
  const boxes = [...root.querySelectorAll(containers)];
  // From the last to the first: what is folded below does not count as an answer.
  for (const box of boxes.reverse()) {
    if (folded(box) || isForward(box) || hasForwardAbove(box)) continue;
    if (answeredBelow(root, box)) continue;
    if (box.parentNode && boxes.some((other) => other !== box && other.contains(box) && !isForward(other))) continue;
    mark(box, 'quoted');
    markAttribution(root, box);
  }
  for (const box of dashedOf(root)) if (!folded(box) && !answeredBelow(root, box)) mark(box, 'signature');
  for (const box of root.querySelectorAll(signatures)) {
    if (!answeredBelow(root, box) && !folded(box) && seen(box)) markSignature(box);
  }
  const marked = [...root.querySelectorAll(`[${foldAttribute}]`)];
  if (marked.length === 0 || remains(root)) return marked.length;
  for (const node of marked) node.removeAttribute(foldAttribute);
  return 0;
}

/** Quotations and signatures in one mail; a thread of years has fewer. */
const mostCandidates = 200;
/** Characters read over and over while looking, once for each element around them; takes some 100 ms. */
const mostReading = 8_000_000;
const mostCompared = 40_000_000;

/** Counts in one walk, without reading any text twice, what marking would cost. */
function isTooMuch(root: Element): boolean {
  let size = 0;
  let reading = 0;
  let depth = 1;
  let node: Node | null = root.firstChild;
  while (node) {
    const weight = node.nodeType === textNode ? (node.nodeValue?.length ?? 0) + 1 : 4;
    size += weight;
    reading += weight * depth;
    if (reading > mostReading) return true;
    if (node.firstChild) {
      node = node.firstChild;
      depth++;
      continue;
    }
    while (node && !node.nextSibling) {
      node = node.parentNode === root ? null : node.parentNode;
      depth--;
    }
    node = node?.nextSibling ?? null;
  }
  const candidates = root.querySelectorAll(`${containers},${signatures}`).length;
  return candidates > mostCandidates || candidates * size > mostCompared;
}

/** The last ones are near the end, where a signature is. */
const dashedOf = (root: Element): readonly Element[] => [...root.querySelectorAll('div,p')].filter(isDashed).slice(-20);

/** A named signature, with the "--" before it. */
function markSignature(box: Element): void {
  let before = box.previousSibling;
  while (before && !seen(before)) before = before.previousSibling;
  if (before && /^--$/.test(wordsOf(before))) mark(before, 'signature');
  mark(box, 'signature');
}

/** Anything of the writer's own after `node`; a signature is none. */
const answeredBelow = (root: Element, node: Node): boolean =>
  [...following(root, node)].some(
    (next) =>
      seen(next) &&
      !folded(next) &&
      !allFolded(next) &&
      !isDashed(next) &&
      !(isElement(next) && next.matches(signatures)),
  );
const longestSignature = 600;
function isDashed(node: Node): boolean {
  const words = wordsOf(node);
  return words.length <= longestSignature && /^--(?:\s|$)/.test(words);
}

const allFolded = (node: Node): boolean =>
  isElement(node) && !remains(node) && node.querySelector(`[${foldAttribute}]`) !== null;
const hasForwardAbove = (box: Element): boolean => {
  const previous = box.previousElementSibling;
  return previous !== null && isForwardMark(wordsOf(previous).slice(0, 100));
};

function openersOf(root: Element): Element[] {
  const named = [...root.querySelectorAll(openers)];
  const ruled = [...root.querySelectorAll('div[style*="border"],p[style*="border"]')].filter(isRuledHeader);
  const lines = [...root.querySelectorAll('p,div,span,b')].filter(
    (box) => box.childElementCount === 0 && isOriginalMark(wordsOf(box).slice(0, 200)),
  );
  return [...named, ...ruled, ...lines];
}

function markOpener(root: Element, opener: Element): void {
  const previous = opener.previousElementSibling;
  const rest = [...following(root, opener)];
  if (previous && /^hr$/i.test(previous.nodeName)) mark(previous, 'quoted');
  mark(opener, 'quoted');
  for (const node of rest) if (!folded(node)) mark(node, 'quoted');
}
