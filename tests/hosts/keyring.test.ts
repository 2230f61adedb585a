import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './program.ts';

const tools = ['dbus-run-session', 'gnome-keyring-daemon'];
const missing = tools.filter((tool) => spawnSync(tool, ['--version']).error);
if (missing.length > 0) console.warn(`Not tested against a real keychain: ${missing.join(', ')} is missing.`);

/** What `keyring-desk.sh` ends with where gnome-keyring-daemon crashed (SIGTRAP in GLib, met once in some hundreds of starts). */
const crashed = 70;
const mostSessions = 3;

/** Runs a module of ours on a folder in a desktop session of its own with an unlocked GNOME keyring: a real Secret Service. */
function inSession(module: string) {
  for (let session = 1; ; session++) {
    const [home, folder] = [temporaryFolder(), temporaryFolder()];
    // Named so that the keychain has a minute to answer in, as where a person sits; nothing is to be shown there.
    const display = { DISPLAY: '', WAYLAND_DISPLAY: 'none' };
    const here = (name: string) => join(import.meta.dirname, name);
    const desk = ['sh', here('keyring-desk.sh'), process.execPath, here(module), folder];
    const ended = spawnSync('dbus-run-session', [`--config-file=${here('keyring-bus.conf')}`, '--', ...desk], {
      encoding: 'utf8',
      env: { ...process.env, HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_RUNTIME_DIR: home, ...display },
    });
    if (ended.status !== crashed || session === mostSessions) return { ...ended, folder };
    console.warn('gnome-keyring-daemon crashed; its session is begun anew.');
  }
}

test.skipIf(missing.length > 0)('secrets go to a real Secret Service and come back, long ones too', () => {
  const { stdout, stderr, status, folder } = inSession('keyring-session.ts');
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
  const { folder, ...session } = inSession('keyring-session.ts');
  expect(session.status, session.stderr).toBe(0);
  const before = readFileSync(join(folder, 'secrets.json'), 'utf8');
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', DISPLAY: '' };
  const script = join(import.meta.dirname, 'keyring-session.ts');
  const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8', env });
  expect(status).not.toBe(0);
  expect(stderr).toContain('keychain-unavailable');
  expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe(before);
});
