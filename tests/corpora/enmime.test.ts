import { expect, it } from 'vitest';
import { openPart, parseMail } from '../../adapters/_kit/mail/index.ts';
import { mediaOf } from '../../src-shared/model/index.ts';
import { describeCorpus, filesOf } from './corpus.ts';

interface Expected {
  readonly subject?: string;
  readonly from?: string;
  readonly to?: readonly string[];
  /** Plain words, and HTML where there is any. */
  readonly text?: string;
  readonly html?: string;
  readonly file?: { readonly name?: string; readonly mime: string; readonly bytes: Uint8Array };
}
const zip = { name: 'árvíztűrő "x" tükörfúrógép.zip', mime: 'application/zip', bytes: Buffer.from('ZIPZIPZIP') };
/** Two thousand bytes, counting up. */
const counted = Uint8Array.from({ length: 2000 }, (_, index) => index % 256);
const words = 'This is a test of a plain text part.\n\nAnother line.\n';

/**
 * What went into each message that enmime wrote, as its own encoding tests have it (part_encode_test.go, builder_test.go):
 * what it encoded must come out here again.
 */
const written: Readonly<Record<string, Expected>> = {
  'build-qp-addr-headers.golden': {
    subject: 'RFC 2047',
    from: 'Olle Järnefors <ojarnef@admin.kth.se>',
    to: ['Patrik Fältström <paf@nada.kth.se>', 'Keld Jørn Simonsen <keld@dkuug.dk>'],
    text: '',
  },
  'nocontent-with-children.golden': { text: 'Plain text part', html: '<div>HTML part</div>' },
  // The words before the first boundary are for programs that know no MIME (RFC 2046 section 5.1.1).
  'part-with-children.golden': { text: 'Plain text part', html: '<div>HTML part</div>' },
  'part-bin-content.golden': {
    file: { mime: 'image/jpeg', bytes: counted },
  },
  'part-bin-header.golden': { subject: '¡Hola, señor!', text: words },
  'part-content-only-qp.golden': { text: '☆ No header, only content.' },
  'part-content-only.golden': { text: 'No header, only content.' },
  'part-default-headers.golden': { file: { ...zip, name: 'stuff.zip' } },
  'part-empty.golden': { text: '' },
  'part-file-mod-date.golden': { text: '¡Hola, señor! Welcome to MIME' },
  'part-header-only-default-encoding.golden': { text: '' },
  'part-header-only.golden': { text: '' },
  'part-plain.golden': { text: words },
  // "Hello=" with no transfer encoding named: the sign stands for itself.
  'part-quotable-content.golden': { text: 'Hello=' },
  'part-quoted-content.golden': { text: '¡Hola, señor! Welcome to MIME' },
  'part-quoted-headers.golden': { file: zip },
  'part-quoted-printable-headers.golden': { file: zip },
};

describeCorpus('What enmime wrote', 'mime/enmime/testdata/encode', () => {
  const files = filesOf('mime/enmime/testdata/encode').filter(({ name }) => name.endsWith('.golden'));

  it('is all known', () => {
    expect(files.map(({ name }) => name).sort()).toEqual(Object.keys(written).sort());
  });

  for (const { name, bytes } of files) {
    it(`comes out of ${name} again`, () => {
      const source = bytes();
      const { subject, from, to, parts } = parseMail(source);
      const expected = written[name] ?? {};
      if (expected.subject !== undefined) expect(subject).toBe(expected.subject);
      if (expected.from !== undefined) expect(`${from?.name} <${from?.address}>`).toBe(expected.from);
      if (expected.to) expect(to.map((one) => `${one.name} <${one.address}>`)).toEqual(expected.to);
      const texts = parts.filter((part) => part.kind === 'text');
      if (expected.text !== undefined) {
        expect(texts.length).toBeLessThanOrEqual(1);
        expect((texts[0]?.plain ?? texts[0]?.text ?? '').trim()).toBe(expected.text.trim());
      }
      if (expected.html !== undefined) expect(texts[0]).toMatchObject({ format: 'html', text: expected.html });
      const [media, ...more] = parts.flatMap(mediaOf);
      expect(more).toEqual([]);
      if (!expected.file) return expect(media).toBeUndefined();
      const opened = openPart(source, media?.ref ?? '');
      expect({ name: media?.name, mime: media?.mime }).toEqual({ name: expected.file.name, mime: expected.file.mime });
      expect(opened && Buffer.from(opened.bytes).equals(expected.file.bytes)).toBe(true);
    });
  }
});
