import { expect, test } from 'vitest';
import { createListStore } from '../features/list/store.ts';
import { home } from '../features/navigation/place.ts';
import { createNavigationStore } from '../features/navigation/store.ts';
import { memoryHub } from '../testing/transport.ts';
import { row } from '../testing/views.ts';
import { targetsOf } from './target.ts';

const nothing = () => undefined;
const page = {
  history: { pushState: nothing, replaceState: nothing },
  location: { hash: '' },
  addEventListener: nothing,
};

test('what one searches from is out of sight and never acted on, be it selected or under the cursor', async () => {
  const hub = memoryHub({ 'inbox.page': () => ({ rows: [row(1), row(2), row(3)] }) });
  const parts = { list: createListStore(hub.client), navigation: createNavigationStore(page as never) };
  const { list, navigation } = parts;
  await list.getState().show(home);
  list.getState().moveTo(row(2).id);
  expect(targetsOf(parts)).toEqual([2]);
  navigation.getState().search('crane');
  expect(targetsOf(parts)).toEqual([]);
  list.getState().toggle(row(1).id);
  expect(targetsOf(parts)).toEqual([]);
  navigation.getState().open(row(3).id);
  expect(targetsOf(parts)).toEqual([3]);
  navigation.getState().search('');
  expect(targetsOf(parts)).toEqual([1]);
});
