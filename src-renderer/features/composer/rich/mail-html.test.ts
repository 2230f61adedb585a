import { expect, test } from 'vitest';
import { fromMail, linesAsMail, toMail } from './mail-html.ts';

test('paragraphs go out as lines, and come back as they were', () => {
  const written = '<p>Dear <strong>Ola</strong>,</p><p></p><ul><li><p>tea</p></li></ul>';
  const sent = toMail(written);
  expect(sent).toBe('<div>Dear <strong>Ola</strong>,</div><div><br></div><ul><li><div>tea</div></li></ul>');
  expect(fromMail(sent)).toBe(written);
});

test('plain text keeps its lines, and its brackets are no mark-up', () => {
  expect(linesAsMail('a < b\n\n-- \nBob & Co')).toBe(
    '<div>a &lt; b</div><div><br></div><div>-- </div><div>Bob &amp; Co</div>',
  );
  expect(linesAsMail('')).toBe('');
});
