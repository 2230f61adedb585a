import DOMPurify from 'dompurify';
import { foldAttribute, markQuotes } from '../../../../src-shared/text/quotes-html.ts';
import { keepDeclarations, keepSheet } from './styles.ts';

export interface SanitiseOptions {
  /** Whether pictures may be fetched from the sender's servers. */
  readonly remote: boolean;
  /** Where the bytes of a `cid:` picture are, by Content-ID. */
  readonly contentUrl: (contentId: string) => string | undefined;
}
export interface Sanitised {
  /** Owned by no page yet; to be adopted by the frame. */
  readonly body: HTMLElement;
  /** Pictures that were left out because they are on the sender's servers. */
  readonly remoteImages: number;
  /** It brings a background of its own and would be unreadable on a dark ground. */
  readonly ownColours: boolean;
}
const forbidden = [
  'form',
  'input',
  'button',
  'textarea',
  'select',
  'option',
  'audio',
  'video',
  'source',
  'track',
  'picture',
  'dialog',
  'map',
  'area',
];
const dropped: ReadonlySet<string> = new Set([
  'srcset',
  'ping',
  'autofocus',
  'tabindex',
  'poster',
  'lowsrc',
  'accesskey',
]);
const remoteUrl = /^\s*(https?:)?\/\//i;
const ownColour = /background(-color)?\s*:\s*(?!\s*(transparent|none|inherit|initial))|[^-]color\s*:/i;

/**
 * The markup of a message made harmless: no script, no form, no frame, nothing fetched from anywhere unless `remote`.
 * The frame it is shown in forbids all of that once more, by sandbox and policy; neither relies on the other.
 */
export function sanitise(html: string, { remote, contentUrl }: SanitiseOptions): Sanitised {
  const purify = DOMPurify(window);
  let remoteImages = 0;
  const styles = { remote, onBlocked: () => void remoteImages++ };
  const imageSource = (value: string): string | null => {
    const cid = /^\s*cid:(.+)$/i.exec(value)?.[1];
    if (cid) return contentUrl(decodeURIComponentSafely(cid.trim())) ?? null;
    if (/^\s*data:image\/(png|jpe?g|gif|webp|bmp|avif);/i.test(value)) return value;
    if (!remoteUrl.test(value)) return null;
    if (!remote) remoteImages++;
    return remote ? value : null;
  };
  purify.addHook('uponSanitizeAttribute', (_node, data) => {
    if (dropped.has(data.attrName)) data.keepAttr = false;
    else if (data.attrName === 'style') data.attrValue = keepDeclarations(data.attrValue, styles);
  });
  purify.addHook('uponSanitizeElement', (node, data) => {
    if (data.tagName === 'style' && node.textContent) node.textContent = keepSheet(node.textContent, styles);
  });
  purify.addHook('afterSanitizeAttributes', (node) => {
    if (node.nodeName === 'A' && node instanceof Element) {
      node.setAttribute('rel', 'noreferrer noopener');
      node.removeAttribute('target');
      node.removeAttribute('download');
    }
    for (const name of ['src', 'background']) {
      const value = node.getAttribute(name);
      if (value === null) continue;
      // A relative address would be one of the host's own: no mail could have meant it.
      const source = node.nodeName === 'IMG' || name === 'background' ? imageSource(value) : null;
      if (source === null) node.removeAttribute(name);
      else node.setAttribute(name, source);
    }
    if (node.nodeName === 'IMG' && node instanceof Element) {
      node.setAttribute('referrerpolicy', 'no-referrer');
      if (!node.hasAttribute('src')) node.setAttribute('data-blocked', '');
    }
  });
  const clean = purify.sanitize(html, {
    USE_PROFILES: { html: true },
    WHOLE_DOCUMENT: true,
    RETURN_DOM: true,
    FORBID_TAGS: forbidden,
    FORBID_ATTR: ['is', 'slot', 'part', foldAttribute],
  });
  if (!(clean instanceof Element)) throw new Error('DOMPurify answered with something that is no element');
  const page = document.implementation.createHTMLDocument('');
  const body = page.createElement('div');
  const given = clean.querySelector('body');
  const ownColours =
    [...clean.querySelectorAll('[bgcolor], font[color]')].length > 0 ||
    given?.hasAttribute('bgcolor') === true ||
    [...clean.querySelectorAll('[style]')].some((one) => ownColour.test(` ${one.getAttribute('style') ?? ''}`)) ||
    [...clean.querySelectorAll('style')].some((one) => ownColour.test(one.textContent));
  body.append(...clean.querySelectorAll('head > style'));
  const content = page.createElement('div');
  for (const name of ['style', 'bgcolor', 'dir', 'class', 'background', 'text']) {
    const value = given?.getAttribute(name);
    if (value) content.setAttribute(name, value);
  }
  const bgcolor = given?.getAttribute('bgcolor');
  if (bgcolor) content.style.backgroundColor = bgcolor;
  content.append(...(given?.childNodes ?? clean.childNodes));
  body.append(content);
  markQuotes(content);
  return { body, remoteImages, ownColours };
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
