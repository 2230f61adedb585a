import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Preferences } from './preferences.ts';

const newFile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-preferences-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'shell.json');
};

test('a choice is applied, kept and found again', async () => {
  const file = newFile();
  const applied: unknown[] = [];
  const first = new Preferences(file, (now, before) => void applied.push([before.background, now.background]));
  expect(first.now).toMatchObject({ hotKey: null, background: false, spellCheck: false, updateFeed: null });
  await first.change({ background: true });
  expect(applied).toEqual([[false, true]]);
  expect(new Preferences(file, () => undefined).now.background).toBe(true);
});

test('what the system refuses is not stored', async () => {
  const file = newFile();
  const preferences = new Preferences(file, () => {
    throw new Error('taken');
  });
  await expect(preferences.change({ hotKey: 'Ctrl+Space' })).rejects.toThrow('taken');
  expect(preferences.now.hotKey).toBeNull();
  expect(() => readFileSync(file)).toThrow();
});

test('a damaged file costs the choices it spoilt, not the start', () => {
  const file = newFile();
  writeFileSync(file, '{"background": true, "hotKey": 5}');
  expect(new Preferences(file, () => undefined).now).toMatchObject({ background: true, hotKey: null });
  writeFileSync(file, 'not JSON');
  expect(new Preferences(file, () => undefined).now.background).toBe(false);
});
