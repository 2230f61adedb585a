import { expect, it } from 'vitest';
import { decodeText } from '../../adapters/_kit/mail/charset.ts';
import { decodeTransfer } from '../../adapters/_kit/mail/encodings.ts';
import { parseParameters } from '../../adapters/_kit/mail/parameters.ts';
import { wordBytes } from '../../adapters/_kit/mail/words.ts';
import { describeCorpus, filesOf } from './corpus.ts';

/** Damaged input has no one right answer. */
const endsInSoftBreak = 'a last "=" is a soft line break whose line end went to the boundary; KMime shows it';
const accepted: Readonly<Record<string, string>> = {
  'codec_quoted-printable/corrupt.quoted-printable': endsInSoftBreak,
  'codec_quoted-printable/corrupt4.quoted-printable': endsInSoftBreak,
};

function decode(name: string, input: Buffer): Buffer {
  const codec = name.slice('codec_'.length, name.indexOf('/'));
  if (codec === 'b' || codec === 'q') return wordBytes(codec, input.toString('latin1'));
  if (codec !== 'x-kmime-rfc2231') return decodeTransfer(input, codec);
  const { parameters } = parseParameters(`x; name*=iso-8859-1''${input.toString('latin1')}`);
  return Buffer.from(parameters.get('name') ?? '');
}

describeCorpus("KMime's encodings", 'mime/kde-kmime', () => {
  const files = filesOf('mime/kde-kmime');
  for (const { name, bytes } of files) {
    const expected = files.find((file) => file.name === `${name}.expected`);
    if (!expected || /-encode$/.test(name)) continue;
    it(`decodes ${name}`, () => {
      const mine = decode(name, bytes());
      // A parameter comes out as text, in the charset it names.
      const theirs = name.includes('rfc2231')
        ? Buffer.from(decodeText(expected.bytes(), 'iso-8859-1'))
        : expected.bytes();
      if (accepted[name] === undefined) expect(mine.toString('hex')).toBe(theirs.toString('hex'));
      else expect(mine.toString('latin1')).toBe(theirs.toString('latin1').replace(/=$/, ''));
    });
  }
});
