import { expect, test } from 'vitest';
import { AccountId, asBlobRef, asUserKey, DraftId } from '../../../src-shared/ids.ts';
import type { Composition, Output } from '../../../src-shared/ipc/index.ts';
import type { SendLimits } from '../../../src-shared/model/index.ts';
import { memoryHub } from '../../testing/transport.ts';
import { conversation } from '../../testing/views.ts';
import { createComposerStore } from './store.ts';

const blank: Composition = {
  account: AccountId.parse(1),
  conversation: null,
  from: null,
  recipients: [{ role: 'to', key: asUserKey('anna@example.org') }],
  subject: '',
  text: 'Here they are',
  format: 'plain',
  parts: [],
  replyTo: null,
  forwards: null,
};
const limits: SendLimits = {
  ...conversation(1).limits,
  parts: { document: { level: 'full', maxBytes: 5000 } },
  maxTotalBytes: 6000,
};
type Uploaded = Output<'compose.upload'>;
const composing = async (upload: () => Uploaded | Promise<Uploaded>) => {
  const hub = memoryHub({
    'compose.start': () => ({ ...blank, quoted: null }),
    'compose.upload': upload,
    'compose.check': () => ({ problems: [] }),
    'drafts.save': () => ({ draft: DraftId.parse(3) }),
  });
  const store = createComposerStore(hub.client);
  const key = await store.getState().start('new', {});
  const give = (name: string) =>
    store.getState().attach(key, [new File(['words'], name, { type: 'text/plain' })], limits);
  return { store, key, give, composer: () => store.getState().composers[key] };
};

test('files on their way are waited for until all are in, those given later too', async () => {
  const answers: (() => void)[] = [];
  const { store, key, give, composer } = await composing(
    () =>
      new Promise((resolve) => answers.push(() => resolve({ ref: asBlobRef(`upload-${answers.length}`), bytes: 5 }))),
  );
  void give('one.txt');
  void give('two.txt');
  let well: boolean | undefined;
  const attached = store
    .getState()
    .attached(key)
    .then((all) => {
      well = all;
    });
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.();
  await expect.poll(() => composer()?.uploading.length).toBe(1);
  expect(well).toBeUndefined();
  answers[0]?.();
  await attached;
  expect(well).toBe(true);
  expect(composer()?.composition.parts).toHaveLength(2);
});

test('files that could not be taken in are told, whatever came after them', async () => {
  let asked = 0;
  const { store, key, composer } = await composing(() => {
    asked += 1;
    if (asked === 1) throw new Error('The disk is full.');
    return { ref: asBlobRef('upload-2'), bytes: 5 };
  });
  const files = ['one.txt', 'two.txt'].map((name) => new File(['words'], name, { type: 'text/plain' }));
  const done = store.getState().attach(key, files, limits);
  expect(await store.getState().attached(key)).toBe(false);
  await done;
  expect(composer()).toMatchObject({ uploading: [], composition: { parts: [{ kind: 'document' }] } });
  expect(composer()?.error).toBeTruthy();
});
