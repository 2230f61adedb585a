import { expect, test } from 'vitest';
import type { Settings } from '../../../src-shared/ipc/index.ts';
import { held } from '../../testing/held.ts';
import { memoryHub } from '../../testing/transport.ts';
import { settings } from '../../testing/views.ts';
import { createSessionStore } from './store.ts';

test('a setting changed twice does not flip back when the hub answers the first change', async () => {
  const answers: ((value: Settings) => void)[] = [];
  const { client } = memoryHub({
    'settings.get': () => settings({ density: 'comfortable' }),
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
  // What the hub has now is asked for once more.
  await expect.poll(() => seen).toEqual(['compact', 'comfortable', 'comfortable', 'comfortable']);
});

test('what another window chose while a change of ours was on its way is shown once that is answered', async () => {
  const sets = held<Settings>();
  const gets = held<Settings>();
  const { client } = memoryHub({ 'settings.get': gets.answer, 'settings.set': sets.answer });
  const session = createSessionStore(client);
  const { change, loadSettings } = session.getState();
  gets.give(settings({ density: 'compact', theme: 'light' }));
  await loadSettings();
  const mine = change({ density: 'comfortable' });
  gets.give(settings({ density: 'comfortable', theme: 'dark' }));
  await loadSettings();
  gets.give(settings({ density: 'comfortable', theme: 'dark' }));
  // As it was when ours was done, before theirs.
  sets.give(settings({ density: 'comfortable', theme: 'light' }));
  await mine;
  await expect.poll(() => session.getState().settings?.theme).toBe('dark');
});

test('answers out of order, late ones and refused changes leave what was chosen last', async () => {
  const sets = held<Settings>();
  const gets = held<Settings>();
  const { client } = memoryHub({ 'settings.get': gets.answer, 'settings.set': sets.answer });
  const session = createSessionStore(client);
  const { change, loadSettings } = session.getState();
  const shown = () => {
    const { density, theme } = session.getState().settings ?? {};
    return [density, theme];
  };
  gets.give(settings({ density: 'compact', theme: 'light' }));
  await loadSettings();
  const both = [change({ density: 'comfortable' }), change({ theme: 'dark' })];
  const asked = loadSettings();
  sets.give(settings({ density: 'comfortable', theme: 'dark' }), 'last');
  sets.give(settings({ density: 'comfortable', theme: 'light' }));
  await Promise.all(both);
  expect(shown()).toEqual(['comfortable', 'dark']);
  const refused = change({ density: 'compact' });
  const kept = change({ theme: 'light' });
  sets.give(settings({ density: 'comfortable', theme: 'light' }), 'last');
  sets.give(Promise.reject(new Error('No.')));
  await Promise.allSettled([refused, kept]);
  expect(shown()).toEqual(['comfortable', 'light']);
  gets.give(settings({ density: 'compact', theme: 'light' }));
  await asked;
  expect(shown()).toEqual(['comfortable', 'light']);
});
