import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AccountId, ConversationId, MessageId } from '../../../src-shared/ids.ts';
import type { SearchHit } from '../../../src-shared/ipc/index.ts';
import { memoryHub } from '../../testing/transport.ts';
import { createNavigationStore } from '../navigation/store.ts';
import { followSearch } from './place.ts';
import { createSearchStore } from './store.ts';

const hit = (message: number, conversation: number): SearchHit => ({
  message: MessageId.parse(message),
  conversation: ConversationId.parse(conversation),
  account: AccountId.parse(1),
  channel: 'email',
  at: message,
  author: 'Ada',
  fromMe: false,
  title: '',
  snippet: '',
  hasAttachment: false,
});
const hub = () =>
  memoryHub({
    'search.query': ({ cursor }) =>
      cursor === undefined
        ? { hits: [hit(9, 1), hit(8, 2), hit(7, 1)], next: '1', corrected: [], understood: [] }
        : { hits: [hit(6, 2), hit(5, 3)], corrected: [], understood: [] },
  });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
/** Longer than typing is waited for, and every answer is in. */
const settled = () => vi.advanceTimersByTimeAsync(200);

test('hits are grouped by conversation, with how many each has, also as more are fetched', async () => {
  const search = createSearchStore(hub().client);
  search.getState().type('tiles');
  await settled();
  expect(search.getState().hits.map((one) => one.message)).toEqual([9, 8, 7]);
  search.getState().setGrouped(true);
  expect(search.getState().hits.map((one) => one.message)).toEqual([9, 8]);
  expect(search.getState().counts.get(ConversationId.parse(1))).toBe(2);
  await search.getState().loadMore();
  expect(search.getState().hits.map((one) => one.message)).toEqual([9, 8, 5]);
  expect(search.getState().found).toBe(5);
  search.getState().setGrouped(false);
  expect(search.getState().hits).toHaveLength(5);
});

test('hits for other words than those typed are not what is waited for, and a space at the end loses nothing', async () => {
  const answers: (() => void)[] = [];
  const { client, callsOf } = memoryHub({
    'search.query': () =>
      new Promise((resolve) => answers.push(() => resolve({ hits: [hit(9, 1)], corrected: [], understood: [] }))),
  });
  const search = createSearchStore(client);
  search.getState().type('tile');
  expect(search.getState().searching).toBe(true);
  await settled();
  search.getState().type('tiles');
  search.getState().type('tiles ');
  answers[0]?.();
  await Promise.resolve();
  expect(search.getState().searching).toBe(true);
  await settled();
  answers[1]?.();
  await settled();
  expect(search.getState().searching).toBe(false);
  expect(callsOf('search.query')).toEqual([
    expect.objectContaining({ text: 'tile' }),
    expect.objectContaining({ text: 'tiles ' }),
  ]);
});

function scene(hash = '') {
  const entries: string[] = [hash];
  const location = { hash };
  const page = {
    location,
    history: {
      pushState: (_state: unknown, _title: string, url: string) => {
        location.hash = url;
        entries.push(url);
      },
      replaceState: (_state: unknown, _title: string, url: string) => {
        location.hash = url;
        entries[entries.length - 1] = url;
      },
    },
    addEventListener: () => undefined,
  };
  const navigation = createNavigationStore(page as unknown as Window);
  const search = createSearchStore(hub().client);
  const stop = followSearch({ navigation, search });
  return { navigation, search, entries, stop };
}

test('what is searched for is one place in the history, left again when the box is emptied', async () => {
  const { navigation, search, entries } = scene('#done');
  search.getState().type('ti');
  search.getState().type('tiles');
  expect(navigation.getState().place).toEqual({ is: 'search', text: 'tiles' });
  expect(entries).toEqual(['#done', '#search.tiles']);
  search.getState().clear();
  await Promise.resolve();
  expect(navigation.getState().place).toMatchObject({ is: 'view', view: 'done' });
});

test('an address with a search fills the box, and going elsewhere empties it without going back first', async () => {
  const { navigation, search, entries } = scene('#search.tiles%20now');
  expect(search.getState().text).toBe('tiles now');
  search.getState().clear();
  navigation.getState().go({ is: 'files' });
  await Promise.resolve();
  expect(entries).toEqual(['#search.tiles%20now', '#files']);
  navigation.getState().go({ is: 'search', text: 'again' });
  expect(search.getState().text).toBe('again');
  navigation.getState().go({ is: 'files' });
  expect(search.getState().text).toBe('');
});
