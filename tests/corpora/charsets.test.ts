import { expect, it } from 'vitest';
import { charsetName, decodeText } from '../../adapters/_kit/mail/charset.ts';
import { describeCorpus, filesOf } from './corpus.ts';

/** "windows-1250-polish" is windows-1250 holding Polish. */
const charsetOf = (folder: string): string =>
  folder.replace(
    /-(?:arabic|bulgarian|croatian|czech|greek|hebrew|hungarian|polish|romanian|russian|slovak|slovene|turkish)$/,
    '',
  );
/** Two charsets that nothing mail is read with knows; a mail in them is shown by what its label or the guess makes of it. */
const unknown = new Set(['EUC-TW', 'Johab']);

/** Share of the characters beyond ASCII that both texts have in the same place. */
function likeness(a: string, b: string): number {
  let all = 0;
  let same = 0;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if ((a.charCodeAt(i) || 0) <= 0x7f && (b.charCodeAt(i) || 0) <= 0x7f) continue;
    all++;
    if (a[i] === b[i]) same++;
  }
  return all === 0 ? 1 : same / all;
}

describeCorpus('Texts of the chardet project', 'mime/chardet', () => {
  const files = filesOf('mime/chardet')
    .map(({ name, bytes }) => ({ name, bytes, charset: charsetOf(name.split('/')[0] ?? '') }))
    .filter(({ charset }) => !unknown.has(charset));

  it('are read without a single lost character when they say what they are in', () => {
    const lossy = files
      .filter(({ bytes, charset }) => decodeText(bytes(), charset).includes('\ufffd'))
      .map(({ name }) => name);
    // These hold bytes their own charset does not define (cut characters, stray binary).
    expect(lossy.length, lossy.join(' ')).toBeLessThanOrEqual(files.length * 0.05);
    expect(files.filter(({ charset }) => charsetName(charset) === undefined)).toEqual([]);
  });

  it('are read right in 97 of 100 cases when they do not say', () => {
    const wrong = files
      .filter(({ bytes, charset }) => likeness(decodeText(bytes()), decodeText(bytes(), charset)) < 0.97)
      .map(({ name }) => name);
    console.info(
      `charsets guessed right: ${files.length - wrong.length} of ${files.length}; wrong: ${wrong.join(', ')}`,
    );
    expect(wrong.length).toBeLessThanOrEqual(files.length * 0.03);
  });
});
