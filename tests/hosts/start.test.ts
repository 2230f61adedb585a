import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { rpc, runScript, start, startHeadless, temporaryFolder } from './program.ts';

// Several programs one after the other, each of which loads all of Carillon.
vi.setConfig({ testTimeout: 300_000 });

test('headless prints exactly one JSON line once it can answer, and nothing else on stdout', async () => {
  const profile = join(temporaryFolder(), 'profile');
  const host = await startHeadless(['--demo', '--profile', profile]);
  expect(Object.keys(JSON.parse(await host.firstLine)).sort()).toEqual(['pid', 'token', 'url']);
  expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await rpc(host, 'app.info')).toMatchObject({ ok: true, value: { host: 'node', demo: true } });
  expect((await fetch(`${host.url}/rpc/app.info`, { method: 'POST' })).status).toBe(401);
  expect(statSync(profile).mode & 0o777).toBe(0o700);
  expect(statSync(join(profile, 'host.json')).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(join(profile, 'host.json'), 'utf8'))).toMatchObject({ url: host.url, pid: host.pid });
  process.kill(host.pid, 'SIGTERM');
  const { stdout, code } = await host.ended;
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(0);
});

test('SIGTERM to the printed process ends all of it, and leaves neither lock nor address', async () => {
  const profile = join(temporaryFolder(), 'profile');
  const host = await startHeadless(['--demo', '--profile', profile]);
  process.kill(host.pid, 'SIGTERM');
  await host.ended;
  expect(existsSync(join(profile, 'lock'))).toBe(false);
  expect(existsSync(join(profile, 'host.json'))).toBe(false);
});

test('SIGTERM to npm start is passed on', async () => {
  const host = await startHeadless(['--demo', '--profile', join(temporaryFolder(), 'profile')]);
  host.process.kill('SIGTERM');
  expect((await host.ended).code).toBe(0);
  expect(() => process.kill(host.pid, 0)).toThrow('ESRCH');
});

test('when npm start itself is killed the host does not stay behind', async () => {
  const profile = join(temporaryFolder(), 'profile');
  const host = await startHeadless(['--demo', '--profile', profile]);
  host.process.kill('SIGKILL');
  await host.ended;
  await expect.poll(() => existsSync(join(profile, 'lock')), { timeout: 30_000 }).toBe(false);
});

test('a second host on a profile is refused in one line; after a kill the profile opens again with all that was in it', async () => {
  const profile = join(temporaryFolder(), 'profile');
  const first = await startHeadless(['--demo', '--profile', profile]);
  const second = await runScript('scripts/start.mjs', ['--headless', '--demo', '--profile', profile]);
  expect(second.code).toBe(1);
  expect(second.stderr.trim()).toContain(`in use by the Node host (process ${first.pid})`);
  const before = await rpc(first, 'accounts.list');
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  const third = await startHeadless(['--demo', '--profile', profile]);
  const ids = (answer: { value?: unknown | undefined }) => (answer.value as { id: number }[]).map(({ id }) => id);
  expect(ids(await rpc(third, 'accounts.list'))).toEqual(ids(before));
});

test('a demo without a folder leaves nothing behind', async () => {
  const host = await startHeadless(['--demo']);
  const { value } = await rpc(host, 'app.info');
  const { profile } = value as { profile: string };
  expect(existsSync(profile)).toBe(true);
  process.kill(host.pid, 'SIGTERM');
  await host.ended;
  expect(existsSync(profile)).toBe(false);
});

test('a profile locked by a passphrase opens with it, and waits for it without', async () => {
  const profile = join(temporaryFolder(), 'profile');
  const first = await startHeadless(['--profile', profile], { CARILLON_PASSPHRASE: 'dzwony' });
  expect(await rpc(first, 'app.info')).toMatchObject({ value: { keyStore: 'passphrase', warnings: [] } });
  process.kill(first.pid, 'SIGTERM');
  await first.ended;
  const locked = await startHeadless(['--profile', profile]);
  expect(await rpc(locked, 'app.info')).toMatchObject({ ok: false, error: { code: 'locked' } });
  expect(await rpc(locked, 'unlock', { passphrase: 'dzwony' })).toMatchObject({ ok: true });
  await expect.poll(async () => (await rpc(locked, 'app.info')).ok, { timeout: 30_000 }).toBe(true);
});

test('a new profile where nobody can be asked says that its keys lie in a file', async () => {
  const host = await startHeadless(['--profile', join(temporaryFolder(), 'profile')]);
  const { value } = await rpc(host, 'app.info');
  const info = value as { keyStore: string; warnings: string[]; demo: boolean };
  expect([info.keyStore, info.demo]).toEqual(['file', false]);
  expect(info.warnings.join()).toContain('No keychain');
});

test('flags nobody knows are answered by the usage and code 2; a bad port too', async () => {
  for (const args of [['--nonsense'], ['--port', 'x'], ['--port', '70000'], ['positional']]) {
    const { code, stderr, stdout } = await runScript('scripts/start.mjs', args);
    expect([args, code, stdout]).toEqual([args, 2, '']);
    expect(stderr).toContain('Usage: npm start');
  }
  const help = await runScript('scripts/start.mjs', ['--help']);
  expect([help.code, help.stdout.startsWith('Usage')]).toEqual([0, true]);
});

test('a port that is taken is said in one line', async () => {
  const host = await startHeadless(['--demo']);
  const { port } = new URL(host.url);
  const other = await runScript('scripts/start.mjs', ['--demo', '--headless', '--port', port]);
  expect([other.code, other.stderr.trim()]).toEqual([
    1,
    `carillon: Port ${port} is in use already. Choose another with --port.`,
  ]);
});

test('without a display it says why there is no window, and serves instead without a question', async () => {
  const running = start('scripts/start.mjs', ['--demo']);
  const line = await running.firstLine;
  expect(line).toMatch(/^Open Carillon in a browser: http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+$/);
  running.process.kill('SIGTERM');
  const { stderr } = await running.ended;
  expect(stderr.match(/No window: .*/g)).toHaveLength(1);
});
