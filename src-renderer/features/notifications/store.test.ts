import { expect, test } from 'vitest';
import type { NotificationsView } from '../../../src-shared/ipc/index.ts';
import { held } from '../../testing/held.ts';
import { memoryHub } from '../../testing/transport.ts';
import { row } from '../../testing/views.ts';
import { createNoticesStore } from './store.ts';

const view: NotificationsView = {
  groups: [1, 2].map((id) => ({ conversation: row(id), messages: [], count: id, lastAt: id })),
  conversations: 2,
  messages: 3,
};

test('many changes at once are answered by two looks, the last of which sees them all', async () => {
  const hub = memoryHub({ 'notifications.list': () => view });
  const notices = createNoticesStore(hub.client);
  await Promise.all([1, 2, 3, 4, 5].map(() => notices.getState().load()));
  expect(hub.callsOf('notifications.list').length).toBeLessThanOrEqual(2);
  expect(notices.getState()).toMatchObject({ conversations: 2, messages: 3, ready: true });
});

test('what is put away goes at once, and the hub is told which', async () => {
  let left = view;
  const lists = held<NotificationsView>();
  const clears = held<null>();
  const hub = memoryHub({ 'notifications.list': lists.answer, 'notifications.clear': clears.answer });
  const notices = createNoticesStore(hub.client);
  const shown = () => notices.getState().groups.map(({ conversation }) => conversation.id);
  const tell = async (...loads: Promise<void>[]): Promise<void> => {
    lists.give(left);
    await Promise.all(loads);
  };
  await tell(notices.getState().load());
  // Asked before, and answered once it was put away: nothing comes back for a moment.
  const before = notices.getState().load();
  const cleared = notices.getState().clear(row(2).id);
  expect(notices.getState()).toMatchObject({ conversations: 1, messages: 1 });
  await tell(before);
  expect(shown()).toEqual([1]);
  left = { groups: view.groups.slice(0, 1), conversations: 1, messages: 1 };
  clears.give(null);
  await tell(cleared);
  expect(shown()).toEqual([1]);
  left = { groups: [], conversations: 0, messages: 0 };
  clears.give(null);
  lists.give(left);
  await notices.getState().clear();
  expect(notices.getState().groups).toEqual([]);
  expect(hub.callsOf('notifications.clear')).toEqual([{ conversations: [2] }, {}]);
});
