import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AccountId, asBlobRef, asUserKey, DraftId, MessageId, OutboxId } from '../../../src-shared/ids.ts';
import type { Composition, DraftView, Output } from '../../../src-shared/ipc/index.ts';
import { held } from '../../testing/held.ts';
import { memoryHub } from '../../testing/transport.ts';
import { conversation } from '../../testing/views.ts';
import { conversationKey, createComposerStore } from './store.ts';

const plain = conversation(1);
const parts = { image: { level: 'full', maxBytes: 5000 }, document: { level: 'full', maxBytes: 5000 } } as const;
const chat = { ...plain, limits: { ...plain.limits, parts } };
const key = conversationKey(chat.id);
const blank: Composition = {
  account: AccountId.parse(1),
  conversation: chat.id,
  from: null,
  recipients: [],
  subject: null,
  text: '',
  format: 'plain',
  parts: [],
  replyTo: null,
  forwards: null,
};
const draftOf = (id: number, change: Partial<DraftView> = {}): DraftView => ({
  ...blank,
  id: DraftId.parse(id),
  text: 'Half a thought',
  recipients: [{ role: 'to', key: asUserKey('anna@example.org') }],
  attachments: [],
  updatedAt: 1,
  elsewhere: false,
  ...change,
});
const sent = { outbox: OutboxId.parse(1), conversation: chat.id, message: MessageId.parse(1), undoUntil: 0 };
const file = (name: string) => new File(['x'], name, { type: 'image/png' });
const quoted = { text: '> earlier', html: '' };

/** Every answer is held back until the test gives it. */
function world() {
  const answers = {
    get: held<DraftView | null>(),
    save: held<{ draft: DraftId }>(),
    send: held<typeof sent>(),
    start: held<Output<'compose.start'>>(),
    upload: held<Output<'compose.upload'>>(),
  };
  const hub = memoryHub({
    'drafts.get': answers.get.answer,
    'drafts.save': answers.save.answer,
    'compose.send': answers.send.answer,
    'compose.start': answers.start.answer,
    'compose.upload': answers.upload.answer,
    'compose.check': () => ({ problems: [] }),
    'drafts.discard': () => null,
  });
  const store = createComposerStore(hub.client);
  const at = (of = key) => store.getState().composers[of];
  return { ...store.getState(), hub, answers, at, all: () => Object.values(store.getState().composers) };
}
/** What follows of an answer, and what waits for the time given. */
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const uploaded = (ref: string) => ({ ref: asBlobRef(ref), bytes: 1 });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('while the hub has not answered', () => {
  test('what is thrown away is gone, also the draft that was just being made of it', async () => {
    const { edit, resume, discard, hub, answers, at } = world();
    await resume(chat);
    edit(key, { text: 'Never mind' });
    await settle(1_000);
    const gone = discard(key);
    const again = resume({ ...chat, hasDraft: true });
    await settle();
    expect([at(), hub.callsOf('drafts.get')]).toEqual([undefined, []]);
    answers.save.give({ draft: DraftId.parse(7) });
    await gone;
    expect(hub.callsOf('drafts.discard')).toEqual([{ draft: 7 }]);
    await settle();
    answers.get.give(null);
    await again;
    expect(at()).toMatchObject({ draft: null, composition: { text: '' } });
  });
  test('an answer begun anew keeps the words and files put in until then', async () => {
    const { edit, resume, start, attach, answers, at } = world();
    await resume(chat);
    edit(key, { text: 'Yes' });
    const begun = start('reply', { conversation: chat.id, message: MessageId.parse(9) });
    edit(key, { text: 'Yes, and more' });
    const attaching = attach(key, [file('map.png')], chat.limits);
    answers.start.give({ ...blank, replyTo: MessageId.parse(9), quoted: null });
    await begun;
    expect(at()).toMatchObject({
      composition: { text: 'Yes, and more', replyTo: 9 },
      uploading: [{ name: 'map.png' }],
    });
    await settle();
    answers.upload.give(uploaded('u1'));
    await attaching;
    expect(at()).toMatchObject({ composition: { parts: [{ kind: 'image' }] }, uploading: [] });
  });
  test('an answer begun while a message is going is the next one, and stays', async () => {
    const { edit, resume, start, send, answers, at } = world();
    await resume(chat);
    edit(key, { text: 'First' });
    const going = send(key);
    const begun = start('reply', { conversation: chat.id, message: MessageId.parse(9) });
    answers.start.give({ ...blank, replyTo: MessageId.parse(9), quoted: null });
    await settle();
    expect(at()).toMatchObject({ sending: true, composition: { text: 'First' } });
    answers.send.give(sent);
    await Promise.all([going, begun]);
    expect(at()).toMatchObject({ sending: false, composition: { text: '', replyTo: 9 } });
  });
  test('a draft left in a conversation takes nothing away: not what was typed, nor what it was to answer', async () => {
    const { edit, resume, answers, at } = world();
    const left = { ...chat, hasDraft: true };
    const first = resume(left);
    edit(key, { replyTo: MessageId.parse(9) });
    answers.get.give(draftOf(3));
    await settle();
    answers.start.give({ ...blank, quoted: null });
    await first;
    expect(at()).toMatchObject({ draft: 3, composition: { text: 'Half a thought', replyTo: 9 } });

    const other = conversation(2, { hasDraft: true });
    const second = resume(other);
    edit(conversationKey(other.id), { text: 'Typed first' });
    answers.get.give(draftOf(4, { conversation: other.id }));
    await second;
    expect(at(conversationKey(other.id))).toMatchObject({ draft: null, composition: { text: 'Typed first' } });
  });
  test('a draft asked for twice is opened once, and what stood in its place is a draft of its own', async () => {
    const { edit, resume, openDraft, hub, answers, all } = world();
    await resume(chat);
    edit(key, { text: 'Precious' });
    const opened = [openDraft(DraftId.parse(3)), openDraft(DraftId.parse(3))];
    for (const _ of opened) answers.get.give(draftOf(3));
    await settle();
    expect(hub.callsOf('drafts.save')).toMatchObject([{ text: 'Precious' }]);
    answers.save.give({ draft: DraftId.parse(7) });
    await settle();
    expect(await Promise.all(opened)).toEqual([key, key]);
    expect(all()).toMatchObject([{ draft: 3, composition: { text: 'Half a thought' } }]);
  });
  test('a letter waits for its quotation, and the next one has none of it', async () => {
    const { openDraft, send, restore, hub, answers, at, all } = world();
    const opening = openDraft(DraftId.parse(3));
    answers.get.give(draftOf(3, { conversation: null, replyTo: MessageId.parse(9) }));
    await settle();
    const [letter] = all();
    if (!letter) throw new Error('It is not open');
    const going = send(letter.key);
    await settle();
    expect(hub.callsOf('compose.send')).toEqual([]);
    answers.start.give({ ...blank, quoted });
    await settle();
    expect(hub.callsOf('compose.send')).toMatchObject([{ text: 'Half a thought\n\n> earlier' }]);
    answers.send.give(sent);
    await Promise.all([going, opening]);

    const late = openDraft(DraftId.parse(4));
    answers.get.give(draftOf(4, { replyTo: MessageId.parse(9) }));
    await settle();
    restore({ ...letter, key, quoted: null, composition: { ...blank, text: 'Another' } }, DraftId.parse(5));
    answers.start.give({ ...blank, quoted });
    await late;
    expect(at()).toMatchObject({ quoted: null, composition: { replyTo: null } });
  });
  test('a file belongs to what it was given to: thrown away with it, or to the next while one goes', async () => {
    const { edit, resume, attach, discard, send, attached, answers, at } = world();
    await resume(chat);
    const lost = attach(key, [file('lost.png'), file('too.png')], chat.limits);
    await settle();
    const waits = attached(key);
    await discard(key);
    await resume(chat);
    answers.upload.give(uploaded('u1'));
    await lost;
    expect([await waits, at()?.composition.parts, at()?.uploading]).toEqual([false, [], []]);

    edit(key, { text: 'First' });
    const going = send(key);
    await settle();
    const next = attach(key, [file('next.png')], chat.limits);
    await settle();
    answers.send.give(sent);
    expect(await going).toEqual(sent);
    expect(at()).toMatchObject({ composition: { text: '' }, uploading: [{ name: 'next.png' }] });
    expect(await send(key)).toBeNull();
    answers.upload.give(uploaded('u2'));
    await next;
    expect(at()).toMatchObject({ composition: { parts: [{ media: { name: 'next.png' } }] }, uploading: [] });
  });
});

test('what is recalled comes back before what has been written since, and they are one draft', async () => {
  const { edit, resume, restore, hub, answers, at } = world();
  await resume(chat);
  edit(key, { text: 'First' });
  const written = at();
  if (!written) throw new Error('There is no composer');
  edit(key, { text: 'Second' });
  await settle(1_000);
  answers.save.give({ draft: DraftId.parse(8) });
  await settle();
  edit(key, { text: 'Second!' });
  await settle(1_000);
  restore(written, DraftId.parse(7));
  expect(at()).toMatchObject({ draft: 7, composition: { text: 'First\nSecond!' } });
  expect(hub.callsOf('drafts.discard')).toEqual([{ draft: 8 }]);
  answers.save.give({ draft: DraftId.parse(8) });
  await settle(1_000);
  expect(at()?.draft).toBe(7);
  expect(hub.callsOf('drafts.save').at(-1)).toMatchObject({ draft: 7, text: 'First\nSecond!' });
});
