import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { asUserKey, IdentityId } from '../../../src-shared/ids.ts';
import type { PresenceView } from '../../../src-shared/ipc/index.ts';
import { memoryHub } from '../../testing/transport.ts';
import { row } from '../../testing/views.ts';
import { createListStore } from '../list/store.ts';
import { followHere } from './follow-here.ts';
import { createHereStore, presenceIn } from './here.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const ada = {
  identity: IdentityId.parse(1),
  person: null,
  key: asUserKey('ada'),
  name: 'Ada',
  address: null,
  me: false,
};
const one = row(1, { kind: 'direct', people: [ada], peopleCount: 1, lastAt: 5 });
const there: PresenceView = { account: one.account, key: ada.key, state: 'online', until: 1_060_000 };

test('who writes stands there until they stop, or what they wrote is there; nothing else is drawn anew', async () => {
  let rows = [one, row(2)];
  const hub = memoryHub({
    'people.presence': () => [],
    'inbox.page': () => ({ rows }),
    'inbox.total': () => ({ total: 2 }),
  });
  const here = createHereStore(hub.client);
  const list = createListStore(hub.client);
  await list.getState().show({ is: 'view', view: 'inbox', account: null });
  const stop = followHere({ client: hub.client, here, list });
  const typing = () => here.getState().typing.get(one.id);
  const told = (name: string, forMs: number) =>
    hub.emit('typing', { conversation: one.id, name, until: Date.now() + forMs });
  told('Ada', 5000);
  const before = typing();
  expect(before).toEqual(['Ada']);
  await vi.advanceTimersByTimeAsync(3000);
  told('Ada', 5000);
  expect(typing()).toBe(before);
  told('Bob', 1000);
  expect(typing()).toEqual(['Ada', 'Bob']);
  await vi.advanceTimersByTimeAsync(1001);
  expect(typing()).toEqual(['Ada']);
  await vi.advanceTimersByTimeAsync(4000);
  expect(typing()).toBeUndefined();

  told('Ada', 5000);
  rows = [{ ...one, unread: 1 }, row(2)];
  await list.getState().refresh();
  expect(typing()).toEqual(['Ada']);
  rows = [{ ...one, lastAt: 6 }, row(2)];
  await list.getState().refresh();
  expect(typing()).toBeUndefined();
  expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
  stop();
});

test('how somebody is there is known from the beginning, while it is true, for a conversation between two', async () => {
  const hub = memoryHub({ 'people.presence': () => [there] });
  const here = createHereStore(hub.client);
  const stop = followHere({ client: hub.client, here, list: createListStore(hub.client) });
  await vi.advanceTimersByTimeAsync(0);
  expect(presenceIn(here.getState(), one, Date.now())).toBe('online');
  hub.emit('presence', { account: there.account, key: there.key, state: 'away' });
  hub.emit('presence', { ...there, key: asUserKey('bob') });
  const before = here.getState().presence;
  await vi.advanceTimersByTimeAsync(100);
  expect(here.getState().presence.size - before.size).toBe(1);
  expect(presenceIn(here.getState(), one, Date.now())).toBe('away');
  expect(presenceIn(here.getState(), { ...one, kind: 'group' }, Date.now())).toBeUndefined();
  expect(presenceIn(here.getState(), one, Date.now() + 600_001)).toBeUndefined();
  stop();
});
