import { expect, test } from 'vitest';
import type { Settings } from '../../../src-shared/ipc/index.ts';
import { memoryHub } from '../../testing/transport.ts';
import { settings } from '../../testing/views.ts';
import { createSessionStore } from './store.ts';

test('a setting changed twice does not flip back when the hub answers the first change', async () => {
  const answers: ((value: Settings) => void)[] = [];
  const { client } = memoryHub({
    'settings.get': () => settings(),
    'settings.set': () => new Promise<Settings>((resolve) => answers.push(resolve)),
  });
  const session = createSessionStore(client);
  await session.getState().loadSettings();
  const seen: string[] = [];
  session.subscribe((state) => seen.push(state.settings?.density ?? ''));
  const first = session.getState().change({ density: 'compact' });
  const second = session.getState().change({ density: 'comfortable' });
  answers[0]?.(settings({ density: 'compact' }));
  await first;
  await session.getState().loadSettings();
  answers[1]?.(settings({ density: 'comfortable' }));
  await second;
  expect(seen).toEqual(['compact', 'comfortable', 'comfortable']);
});
