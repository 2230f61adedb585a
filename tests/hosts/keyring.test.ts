import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './program.ts';

const tools = ['dbus-run-session', 'gnome-keyring-daemon'];
const missing = tools.filter((tool) => spawnSync(tool, ['--version']).error);
if (missing.length > 0) console.warn(`Not tested against a real keychain: ${missing.join(', ')} is missing.`);

/** Runs a module of ours in a desktop session of its own with an unlocked GNOME keyring: a real Secret Service. */
const inSession = (module: string, ...args: string[]) => {
  const home = temporaryFolder();
  // Named so that the keychain has a minute to answer in, as where a person sits; nothing is to be shown there.
  const display = { DISPLAY: '', WAYLAND_DISPLAY: 'none' };
  const shell = 'printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 && exec "$0" "$@"';
  return spawnSync(
    'dbus-run-session',
    ['--', 'sh', '-c', shell, process.execPath, join(import.meta.dirname, module), ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_RUNTIME_DIR: home, ...display },
    },
  );
};

test.skipIf(missing.length > 0)('secrets go to a real Secret Service and come back, long ones too', () => {
  const folder = temporaryFolder();
  const { stdout, stderr, status } = inSession('keyring-session.ts', folder);
  expect(status, stderr).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    kind: 'keychain',
    short: 'hunter2',
    long: true,
    afterDelete: null,
    sameKey: true,
  });
  const kept = readFileSync(join(folder, 'secrets.json'), 'utf8');
  expect(Object.keys(JSON.parse(kept)).sort()).toEqual(['id', 'kind', 'version']);
});

test.skipIf(missing.length > 0)('a profile of the keychain does not open without it, and is left as it is', () => {
  const folder = temporaryFolder();
  expect(inSession('keyring-session.ts', folder).status).toBe(0);
  const before = readFileSync(join(folder, 'secrets.json'), 'utf8');
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', DISPLAY: '' };
  const script = join(import.meta.dirname, 'keyring-session.ts');
  const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8', env });
  expect(status).not.toBe(0);
  expect(stderr).toContain('keychain-unavailable');
  expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe(before);
});
