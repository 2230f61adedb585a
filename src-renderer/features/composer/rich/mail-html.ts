import { escapeHtml } from '../../../../src-shared/text/formats.ts';

/**
 * The editor speaks of paragraphs, mail programs of lines: a `p` brings a gap that each program draws differently, a
 * `div` is a line everywhere. An empty one needs a break to have height.
 */
export const toMail = (html: string): string =>
  html
    .replace(/<p>\s*<\/p>/g, '<div><br></div>')
    .replace(/<p>/g, '<div>')
    .replace(/<\/p>/g, '</div>');

export const fromMail = (html: string): string =>
  html
    .replace(/<div>\s*<br\s*\/?>\s*<\/div>/gi, '<p></p>')
    .replace(/<div>/gi, '<p>')
    .replace(/<\/div>/gi, '</p>');

/** Plain text as lines of a mail; what looks like mark-up is text. */
export const linesAsMail = (text: string): string =>
  text === ''
    ? ''
    : text
        .replace(/\r\n?/g, '\n')
        .split('\n')
        .map((line) => (line === '' ? '<div><br></div>' : `<div>${escapeHtml(line)}</div>`))
        .join('');
