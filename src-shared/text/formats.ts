import { convert } from 'html-to-text';
import { Marked } from 'marked';

/** Text formats into one another. Pure; remote content is never touched. */

/** HTML as a person would type it: links keep their target, images their description, nothing is cut or upper-cased. */
function htmlToText(html: string): string {
  return convert(html, {
    wordwrap: false,
    baseElements: wholeDocument,
    selectors: [
      { selector: 'head', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, linkBrackets: ['(', ')'] } },
      { selector: 'img', format: 'imageAlt' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
    ],
    formatters: {
      imageAlt: (element, _walk, builder) => {
        const alt: unknown = element.attribs?.alt;
        if (typeof alt === 'string' && alt !== '') builder.addInline(alt);
      },
    },
  }).trim();
}

/** A quoted letter brings its own `<body>` along, which is a part of the words and not all of them. */
const wholeDocument = { selectors: [] };
const marked = new Marked({
  async: false,
  gfm: true,
  breaks: true,
  // Tags in markdown are what the person typed, not what she meant to send.
  renderer: { html: ({ text }) => escapeHtml(text) },
});

/** GitHub-flavoured markdown; a line break typed is a line break shown. HTML within is shown as it was typed. */
const markdownToHtml = (text: string): string => marked.parse(text, { async: false }).trim();

const markdownToText = (text: string): string => htmlToText(markdownToHtml(text));

/** Plain text as HTML that shows the same lines. */
const textToHtml = (text: string): string =>
  text === '' ? '' : `<div>${escapeHtml(text).replace(/\r\n?|\n/g, '<br>')}</div>`;

/** Text as it stands within HTML, or within a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Text in any format as text without mark-up. */
export function plainOf(text: string, format: 'plain' | 'markdown' | 'html'): string {
  return format === 'plain' ? text : format === 'html' ? htmlToText(text) : markdownToText(text);
}
/** Text in any format as HTML. Not sanitised: what came as HTML is answered as it came. */
export function htmlOf(text: string, format: 'plain' | 'markdown' | 'html'): string {
  return format === 'html' ? text : format === 'markdown' ? markdownToHtml(text) : textToHtml(text);
}
