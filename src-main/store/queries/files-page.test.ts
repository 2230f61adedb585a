import { expect, test } from 'vitest';
import type { FilesQuery } from '../../../src-shared/ipc/index.ts';
import { asBlobRef, asUserKey, type Part } from '../../../src-shared/model/index.ts';
import { at, mail, Scene } from '../testing/scene.ts';

const file = (name: string, mime: string, bytes = 100): Part => ({
  kind: 'document',
  media: { ref: asBlobRef(name), mime, name, bytes },
});
function scene(): Scene {
  const made = new Scene('mail');
  const bob = { is: 'user', key: asUserKey('bob@example.org'), name: 'Bob' } as const;
  made.tell(
    mail('a', { at: at(1), parts: [file('plan.pdf', 'application/pdf'), file('photo.png', 'image/png', 5_000_000)] }),
    mail('b', { at: at(2), from: bob, parts: [file('sources.tgz', 'application/octet-stream')] }),
    mail('c', { at: at(3), links: ['a'], parts: [file('Plan B.docx', 'application/octet-stream')] }),
    mail('d', {
      at: at(4),
      parts: [file('virus.exe', 'application/octet-stream')],
      placements: [{ label: 'spam' as never, ref: '1:d' }],
    }),
  );
  return made;
}
const names = (of: Scene, query: Partial<FilesQuery> = {}) =>
  of.store.query('files.page', { limit: 50, ...query }).files.map((one) => one.name);

test('files are listed with the newest message first, and what lies in spam is left out', () => {
  const made = scene();
  expect(names(made)).toEqual(['Plan B.docx', 'sources.tgz', 'photo.png', 'plan.pdf']);
  expect(made.store.query('files.page', { limit: 1 }).files[0]).toMatchObject({
    kind: 'document',
    author: 'Ada',
    fromMe: false,
    at: at(3),
  });
});

test('they are narrowed by kind, name, size, person and conversation', () => {
  const made = scene();
  const bob = made.keyed('b').author?.person ?? undefined;
  expect(names(made, { kind: 'document' })).toEqual(['Plan B.docx', 'plan.pdf']);
  expect(names(made, { kind: 'archive' })).toEqual(['sources.tgz']);
  expect(names(made, { kind: 'image' })).toEqual(['photo.png']);
  expect(names(made, { text: 'PLAN' })).toEqual(['Plan B.docx', 'plan.pdf']);
  expect(names(made, { text: '%' })).toEqual([]);
  expect(names(made, { minBytes: 1_000_000 })).toEqual(['photo.png']);
  expect(bob).toBeDefined();
  expect(names(made, bob === undefined ? {} : { person: bob })).toEqual(['sources.tgz']);
  expect(names(made, { conversation: made.keyed('a').conversation })).toEqual(['Plan B.docx', 'photo.png', 'plan.pdf']);
  expect(names(made, { account: made.account })).toHaveLength(4);
});

test('pages follow one another without a gap or a double, also within one message', () => {
  const made = scene();
  const seen: string[] = [];
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = made.store.query('files.page', { limit: 1, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.files.map((one) => one.name));
    cursor = page.next;
  }
  expect(seen).toEqual(names(made));
  expect(() => names(made, { cursor: 'x.y' })).toThrow(RangeError);
});
