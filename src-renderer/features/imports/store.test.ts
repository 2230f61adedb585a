import { expect, test } from 'vitest';
import { AccountId, ImportId } from '../../../src-shared/ids.ts';
import type { ImportView } from '../../../src-shared/ipc/index.ts';
import { held } from '../../testing/held.ts';
import { memoryHub } from '../../testing/transport.ts';
import { createImportsStore } from './store.ts';

const view = (id: number, done: number): ImportView => ({
  id: ImportId.parse(id),
  path: `/mail/${id}.mbox`,
  account: AccountId.parse(1),
  state: done === 100 ? 'done' : 'running',
  messages: done,
  added: done,
  done,
  total: 100,
  rate: 0,
  secondsLeft: null,
  damaged: [],
  damagedCount: 0,
  error: null,
});

test('what is told of an import while the list of them is on its way is newer than the list', async () => {
  const lists = held<ImportView[]>();
  const hub = memoryHub({ 'import.list': lists.answer });
  const imports = createImportsStore(hub.client, async () => '');
  const loading = imports.getState().load();
  hub.emit('import', view(1, 100));
  hub.emit('import', view(3, 10));
  lists.give([view(1, 50), view(2, 20)]);
  await loading;
  expect(imports.getState().imports.map(({ id, done }) => [id, done])).toEqual([
    [3, 10],
    [1, 100],
    [2, 20],
  ]);
});
