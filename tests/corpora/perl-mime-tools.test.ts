import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { openPart, parseMail } from '../../adapters/_kit/mail/index.ts';
import { fileNameOf } from '../../adapters/_kit/mail/media.ts';
import { contentOf, type Entity, readTree } from '../../adapters/_kit/mail/tree.ts';
import { mediaOf } from '../../src-shared/model/index.ts';
import { describeCorpus, filesOf } from './corpus.ts';

interface ExpectedPart {
  readonly Type?: string;
  readonly Size?: number | string;
  readonly Filename?: string;
  readonly Message?: string;
  readonly ExtractUuencode?: number;
}
interface Expected {
  readonly [part: string]: ExpectedPart;
}

/** A .ref file is a Perl hash: nearly JSON. */
function readReference(text: string): Expected {
  const json = text
    .replace(/^\s*#.*$/gm, '')
    .replace(/qq\{([^}]*)\}/g, '"$1"')
    .replace(/\\x\{([0-9a-f]+)\}/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/"((?:[^"\\]|\\.)*)"\s*=>/g, '"$1":')
    .replace(/,(\s*[}\]])/g, '$1')
    .replace(/\\([@$])/g, '$1');
  return JSON.parse(json);
}

/** Parts by the names of the reference: Part_2_1 is the first part of the second; a message holds its root as _1. */
function* named(entity: Entity, name: string): Generator<[string, Entity]> {
  yield [name === '' ? 'Msg' : `Part${name}`, entity];
  if (entity.mime === 'message/rfc822') yield* named(readTree(contentOf(entity)).root, `${name}_1`);
  for (const [index, child] of entity.children.entries()) yield* named(child, `${name}_${index + 1}`);
}

/** Where the reference itself was written for other settings of that parser, or for what we do otherwise on purpose. */
const accepted: Readonly<Record<string, string>> = {
  'ak-0696-none.ref': 'nested messages are not opened there; the same message with them is in ak-0696-nest.ref',
  'hdr-fakeout.ref': 'that parser gives the message up; the header that ends in a line of blanks is read here',
  'ak-0696-replace.ref': 'a nested message replaces its own part there; the same message is in ak-0696-nest.ref',
};

describeCorpus("perl MIME-tools' torture messages", 'mime/perl-MIME-tools', () => {
  const files = filesOf('mime/perl-MIME-tools');
  for (const { name, bytes } of files.filter(
    (file) => file.name.endsWith('.ref') && accepted[file.name] === undefined,
  )) {
    it(`has the parts, types, names and sizes of ${name}`, () => {
      const reference = readReference(bytes().toString('utf8'));
      const message = basename(String(reference.Parser?.Message));
      const source = files.find((file) => file.name === message)?.bytes();
      if (!source) throw new Error(`${message} is missing`);
      if (reference.Parser?.ExtractUuencode === 1) return expectFiles(source, reference);
      const found = new Map(named(readTree(source).root, ''));
      for (const [part, expected] of Object.entries(reference)) {
        if (!/^(?:Msg|Part)/.test(part)) continue;
        const entity = found.get(part);
        if (!entity) throw new Error(`${part} is missing; there are ${[...found.keys()].join(' ')}`);
        const { Type, Size, Filename } = expected;
        // A bare "text" is no type; it is read as text/plain.
        if (Type !== undefined) expect([part, entity.mime]).toEqual([part, Type === 'text' ? 'text/plain' : Type]);
        // Backslashes separate names here, as on the system they come from; there they escape the next letter.
        if (name === 'multi-2evil.ref' && part === 'Part_2') expect(fileNameOf(entity)).toBe('3d-compress.gif');
        // A path in a file name ("/evil/filename") is cut to its last component.
        else if (Filename !== undefined) expect([part, fileNameOf(entity)]).toEqual([part, basename(String(Filename))]);
        if (Size !== undefined && entity.children.length === 0) expectSize(part, contentOf(entity), Number(Size));
      }
    });
  }
});

/** Its sizes count a last line end that belongs to the boundary, or leave one out: one line end either way. */
function expectSize(part: string, content: Buffer, size: number): void {
  expect(Math.abs(content.length - size), `${part}: ${content.length} bytes, not ${size}`).toBeLessThanOrEqual(2);
}

/** Uuencoded files are taken out of the text: names and exact sizes as given. */
function expectFiles(source: Buffer, reference: Expected): void {
  const media = parseMail(source).parts.flatMap(mediaOf);
  const wanted = Object.values(reference).filter((part) => part.Filename !== undefined);
  expect(wanted.length).toBeGreaterThan(0);
  for (const { Filename, Size } of wanted) {
    const file = media.find((one) => one.name === Filename);
    if (!file) throw new Error(`${String(Filename)} is missing`);
    expect(openPart(source, file.ref)?.bytes.length).toBe(Number(Size));
  }
}
