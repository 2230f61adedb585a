import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  AccountId,
  asBlobRef,
  asUserKey,
  ConversationId,
  DraftId,
  MessageId,
  OutboxId,
} from '../../../src-shared/ids.ts';
import type { Composition } from '../../../src-shared/ipc/index.ts';
import { memoryHub } from '../../testing/transport.ts';
import { conversation } from '../../testing/views.ts';
import { parseAddresses } from './addresses.ts';
import { conversationKey, createComposerStore } from './store.ts';

const blank: Composition = {
  account: AccountId.parse(1),
  conversation: null,
  from: null,
  recipients: [{ role: 'to', key: asUserKey('anna@example.org') }],
  subject: 'Hello',
  text: '',
  format: 'plain',
  parts: [],
  replyTo: null,
  forwards: null,
};
const sent = {
  outbox: OutboxId.parse(1),
  conversation: ConversationId.parse(1),
  message: MessageId.parse(1),
  undoUntil: 0,
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a message being written', () => {
  const world = () =>
    memoryHub({
      'compose.start': () => ({ ...blank, quoted: { text: '> earlier', html: '<blockquote>earlier</blockquote>' } }),
      'drafts.save': () => ({ draft: DraftId.parse(7) }),
      'compose.check': () => ({ problems: [] }),
      'compose.send': () => sent,
      'drafts.discard': () => null,
    });
  test('is saved a moment after the last key, once, and the second time over the first', async () => {
    const hub = world();
    const composers = createComposerStore(hub.client);
    const key = await composers.getState().start('new', {});
    for (const text of ['H', 'He', 'Hey']) composers.getState().edit(key, { text });
    await vi.advanceTimersByTimeAsync(1_000);
    composers.getState().edit(key, { text: 'Hey!' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(hub.callsOf('drafts.save')).toMatchObject([{ text: 'Hey' }, { text: 'Hey!', draft: 7 }]);
  });
  test('that cannot be saved is tried again until it is, at once when asked to', async () => {
    let full = true;
    const hub = memoryHub({
      'compose.start': () => ({ ...blank, quoted: null }),
      'drafts.save': () => {
        if (full) throw new Error('The disk is full.');
        return { draft: DraftId.parse(7) };
      },
      'compose.check': () => ({ problems: [] }),
    });
    const composers = createComposerStore(hub.client);
    const key = await composers.getState().start('new', {});
    const saving = () => composers.getState().composers[key]?.saving;
    composers.getState().edit(key, { text: 'Hey' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(saving()).toBe('failed');
    await vi.advanceTimersByTimeAsync(10_000);
    const tries = hub.callsOf('drafts.save').length;
    expect(tries).toBeGreaterThan(2);
    expect(tries).toBeLessThan(6);
    full = false;
    await composers.getState().flush();
    expect(saving()).toBe('saved');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(hub.callsOf('drafts.save')).toHaveLength(tries + 1);
  });
  test('goes out with its quote under it and with the draft it was', async () => {
    const hub = world();
    const composers = createComposerStore(hub.client);
    const key = await composers.getState().start('new', {});
    composers.getState().edit(key, { text: 'Yes' });
    await vi.advanceTimersByTimeAsync(1_000);
    await composers.getState().send(key);
    expect(hub.callsOf('compose.send')).toMatchObject([{ text: 'Yes\n\n> earlier', draft: 7, archive: false }]);
    expect(composers.getState().composers).toEqual({});
  });
  test('stays, with the reason, when it could not be sent', async () => {
    const hub = memoryHub({ 'compose.start': () => ({ ...blank, quoted: null }) });
    const composers = createComposerStore(hub.client);
    const key = await composers.getState().start('new', {});
    composers.getState().edit(key, { text: 'Precious' });
    expect(await composers.getState().send(key)).toBeNull();
    expect(composers.getState().composers[key]).toMatchObject({
      sending: false,
      error: 'No answer to compose.send',
      composition: { text: 'Precious' },
    });
  });
  test('leaves what was written while it was going as the beginning of the next', async () => {
    const answers: (() => void)[] = [];
    const hub = memoryHub({
      'compose.send': () => new Promise((answer) => answers.push(() => answer(sent))),
      'drafts.save': () => ({ draft: DraftId.parse(7) }),
      'compose.check': () => ({ problems: [] }),
    });
    const composers = createComposerStore(hub.client);
    const chat = conversation(1);
    await composers.getState().resume(chat);
    const key = conversationKey(chat.id);
    const text = () => composers.getState().composers[key]?.composition.text;
    const sends = async (first: string, change?: string): Promise<void> => {
      composers.getState().edit(key, { text: first, replyTo: MessageId.parse(9) });
      const going = composers.getState().send(key);
      await vi.advanceTimersByTimeAsync(0);
      if (change !== undefined) composers.getState().edit(key, { text: change });
      answers.pop()?.();
      await going;
    };
    await sends('First', 'First and more');
    expect(text()).toBe(' and more');
    await vi.advanceTimersByTimeAsync(1_000);
    await sends('Second', 'Something else');
    expect(composers.getState().composers[key]).toMatchObject({
      draft: null,
      sending: false,
      composition: { text: 'Something else', replyTo: null },
    });
    await sends('Third');
    expect(text()).toBeUndefined();
    expect(hub.callsOf('compose.send').map((call) => (call as Composition).text)).toEqual(['First', 'Second', 'Third']);
    expect(hub.callsOf('drafts.save')).toMatchObject([{ text: ' and more' }]);
  });
  test('is sent once however often the key is pressed', async () => {
    const hub = world();
    const composers = createComposerStore(hub.client);
    const key = await composers.getState().start('new', {});
    composers.getState().edit(key, { text: 'Once' });
    await Promise.all([composers.getState().send(key), composers.getState().send(key)]);
    expect(hub.callsOf('compose.send')).toHaveLength(1);
  });
});

test('a draft left in a conversation comes back with its files', async () => {
  const media = { ref: asBlobRef('upload-1'), mime: 'image/png', name: 'map.png' };
  const hub = memoryHub({
    'drafts.get': () => ({
      ...blank,
      id: DraftId.parse(3),
      conversation: ConversationId.parse(1),
      text: 'Half a thought',
      attachments: [media],
      updatedAt: 1,
      elsewhere: false,
    }),
  });
  const composers = createComposerStore(hub.client);
  await composers.getState().resume(conversation(1, { hasDraft: true }));
  expect(composers.getState().composers['conversation:1']).toMatchObject({
    draft: 3,
    composition: { text: 'Half a thought', parts: [{ kind: 'image', media }] },
  });
});

test('a draft that answers something is quoted under anew, unless the quotation is in it already', async () => {
  const quoted = { text: '> earlier', html: '<blockquote>earlier</blockquote>' };
  const opened = async (text: string) => {
    const hub = memoryHub({
      'drafts.get': () => ({
        ...blank,
        id: DraftId.parse(3),
        text,
        replyTo: MessageId.parse(9),
        attachments: [],
        updatedAt: 1,
        elsewhere: false,
      }),
      'compose.start': () => ({ ...blank, quoted }),
    });
    const composers = createComposerStore(hub.client);
    const key = await composers.getState().openDraft(DraftId.parse(3));
    return { hub, quoted: composers.getState().composers[key ?? '']?.quoted };
  };
  const half = await opened('Half a thought');
  expect(half.quoted).toEqual(quoted);
  expect(half.hub.callsOf('compose.start')).toEqual([{ kind: 'reply', message: 9 }]);
  expect((await opened('Half a thought\n> earlier')).quoted).toBeNull();
});

test('the same words in another format are no change worth a draft', async () => {
  vi.useFakeTimers();
  const hub = memoryHub({ 'compose.start': () => ({ ...blank, text: 'Signed', quoted: null }) });
  const composers = createComposerStore(hub.client);
  const key = await composers.getState().start('new', {});
  composers.getState().adopt(key, { format: 'html', text: '<div>Signed</div>' });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(hub.callsOf('drafts.save')).toEqual([]);
  expect(composers.getState().composers[key]?.composition).toMatchObject({ format: 'html', text: '<div>Signed</div>' });
});

describe('typed addresses', () => {
  test('come with or without names, several at once', () => {
    expect(parseAddresses('Anna Nowak <anna@example.org>; bob@example.org, "Kot, Jan" <jan@example.pl>')).toEqual([
      { address: 'anna@example.org', name: 'Anna Nowak' },
      { address: 'bob@example.org', name: undefined },
      { address: 'jan@example.pl', name: 'Kot, Jan' },
    ]);
  });
  test('are left as typed when one of them is not an address yet', () => {
    expect(parseAddresses('anna@example.org, bob')).toEqual([]);
  });
});
