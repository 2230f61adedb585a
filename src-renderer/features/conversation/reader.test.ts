import { describe, expect, test } from 'vitest';
import { AccountId, ConversationId, MessageId } from '../../../src-shared/ids.ts';
import type { SearchHit } from '../../../src-shared/ipc/index.ts';
import { memoryHub } from '../../testing/transport.ts';
import { message } from '../../testing/views.ts';
import { canEdit, createReaderStore } from './reader.ts';

const conversation = ConversationId.parse(1);
const hit = (id: number): SearchHit => ({
  message: MessageId.parse(id),
  conversation,
  account: AccountId.parse(1),
  channel: 'demo',
  at: id,
  author: 'Anna',
  fromMe: false,
  title: '',
  snippet: '',
  hasAttachment: false,
});
const answer = (...ids: readonly number[]) => ({ hits: ids.map(hit), corrected: [], understood: [] });

describe('looking for words in a conversation', () => {
  test('begins with the newest hit and goes round both ways', async () => {
    const hub = memoryHub({ 'search.query': () => answer(9, 5, 2) });
    const reader = createReaderStore(hub.client);
    reader.getState().openFinder();
    await reader.getState().find('tea', conversation);
    expect(hub.callsOf('search.query')).toMatchObject([{ text: 'tea', conversation: 1, order: 'newest' }]);
    const steps = ([-1, -1, -1, -1, 1] as const).map((by) => reader.getState().step(by));
    expect(steps).toEqual([9, 5, 2, 9, 2]);
  });
  test('shows what was asked last, whichever answer comes first', async () => {
    const waiting: (() => void)[] = [];
    const hub = memoryHub({
      'search.query': ({ text }) =>
        new Promise((resolve) => waiting.push(() => resolve(text === 'te' ? answer(1, 2) : answer(7)))),
    });
    const reader = createReaderStore(hub.client);
    const both = [reader.getState().find('te', conversation), reader.getState().find('tea', conversation)];
    for (const resolve of waiting.reverse()) resolve();
    await Promise.all(both);
    expect(reader.getState().finding).toMatchObject({ text: 'tea', hits: [7], busy: false });
  });
  test('nothing is asked for nothing, and no step is made where there is no hit', async () => {
    const hub = memoryHub({});
    const reader = createReaderStore(hub.client);
    await reader.getState().find('  ', conversation);
    expect(hub.asked).toEqual([]);
    expect(reader.getState().step(1)).toBeNull();
  });
});

test('only one’s own words that have arrived can be changed', () => {
  const mine = message(1, { fromMe: true });
  const waiting = { outbox: null, error: null, notBefore: null, retryAt: null };
  expect(canEdit(mine)).toBe(true);
  expect(canEdit(message(1))).toBe(false);
  expect(canEdit({ ...mine, removed: true })).toBe(false);
  expect(canEdit({ ...mine, delivery: { ...waiting, state: 'queued' } })).toBe(false);
  expect(canEdit({ ...mine, delivery: { ...waiting, state: 'read' } })).toBe(true);
  expect(canEdit({ ...mine, parts: [{ kind: 'text', format: 'html', text: '<p>x</p>' }] })).toBe(false);
});
