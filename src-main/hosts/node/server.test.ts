import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { LateDoor } from '../late-door.ts';
import { createLog } from '../log.ts';
import { ask } from '../testing/http.ts';
import { attachmentText, smallHub } from '../testing/small-hub.ts';
import { temporaryFolder } from '../testing/temporary.ts';
import { serve } from './server.ts';

const begin = async () => {
  const folder = temporaryFolder();
  const renderer = join(folder, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>Carillon</title>');
  writeFileSync(join(renderer, 'assets', 'index-a1B2c3D4.js'), 'export {};');
  writeFileSync(join(folder, 'private.txt'), 'not for the page');
  const lines: string[] = [];
  const hub = new LateDoor(0);
  const small = smallHub();
  const server = await serve({
    hub,
    renderer,
    uploads: join(folder, 'uploads'),
    port: 0,
    log: createLog((line) => lines.push(line), 'debug'),
  });
  onTestFinished(() => server.close());
  const bearer = { authorization: `Bearer ${server.token}` };
  return { folder, hub, small, server, lines, bearer, ready: () => hub.open(small) };
};
type Begun = Awaited<ReturnType<typeof begin>>;

const connect = async ({ server }: Begun, headers: Record<string, string>): Promise<WebSocket | number> => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket`, { headers });
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => resolve(response.resume().statusCode ?? 0));
    socket.once('error', () => undefined);
  });
};
const nextFrame = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))));

test('without the token nothing is served but a word on how to get in', async () => {
  const { server, ready } = await begin();
  ready();
  for (const path of ['/', '/index.html', '/frame.html', '/attachment/7', '/upload?name=a', '/rpc/echo']) {
    const method = path.startsWith('/rpc') || path.startsWith('/upload') ? 'POST' : 'GET';
    expect((await ask(server.url + path, { method })).status, path).toBe(401);
  }
  expect((await ask(`${server.url}/rpc/echo`, { method: 'POST', headers: { authorization: 'Bearer x' } })).status).toBe(
    401,
  );
  expect((await ask(`${server.url}/?token=wrong`)).status).toBe(401);
});

test('the token in the address buys a strict cookie and leaves the address', async () => {
  const { server, ready } = await begin();
  ready();
  const admitted = await ask(`${server.url}/?token=${server.token}`);
  expect(admitted.status).toBe(303);
  expect(admitted.headers.location).toBe('/');
  expect(admitted.headers['referrer-policy']).toBe('no-referrer');
  const cookie = admitted.headers['set-cookie']?.[0] ?? '';
  expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  const page = await ask(server.url, { headers: { cookie: cookie.split(';')[0] ?? '' } });
  expect(page.status).toBe(200);
  expect(page.text).toContain('Carillon');
});

test('a name that was rebound to this machine, or another origin, is refused even with the token', async () => {
  const begun = await begin();
  const { server, bearer, ready } = begun;
  ready();
  const call = (headers: Record<string, string>) =>
    ask(`${server.url}/rpc/echo`, { method: 'POST', headers: { ...bearer, ...headers }, body: '{}' });
  expect((await call({})).status).toBe(200);
  expect((await call({ host: `evil.example:${new URL(server.url).port}` })).status).toBe(403);
  expect((await call({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await call({ origin: 'null' })).status).toBe(403);
  expect((await call({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect(await connect(begun, { ...bearer, origin: 'https://evil.example' })).toBe(403);
  expect(await connect(begun, {})).toBe(401);
});

test('the page runs only its own scripts, and the frame of a message runs none', async () => {
  const { server, bearer, ready } = await begin();
  ready();
  const policy = async (path: string) =>
    String((await ask(server.url + path, { headers: bearer })).headers['content-security-policy']);
  const page = await policy('/');
  expect(page).toContain("default-src 'none'");
  expect(page).toContain("script-src 'self';");
  expect(page).toContain(`connect-src 'self' ws://${new URL(server.url).host}`);
  expect(await policy('/frame.html')).not.toMatch(/script-src|https:/);
  expect(await policy('/frame.html')).toContain("default-src 'none'");
  expect(await policy('/frame.html?remote=1')).toContain("img-src 'self' data: https: http:");
});

test('nothing outside the build can be read', async () => {
  const { server, bearer, ready } = await begin();
  ready();
  for (const path of [
    '/../private.txt',
    '/..%2fprivate.txt',
    '/%2e%2e/private.txt',
    '/..%5cprivate.txt',
    '/%00',
    '/%',
  ]) {
    const answer = await ask(server.url + path, { headers: bearer });
    expect(answer.status, path).toBe(404);
    expect(answer.text).not.toContain('not for the page');
  }
});

test('hashed files of the build are kept by the browser, the page is asked for again', async () => {
  const { server, bearer, ready } = await begin();
  ready();
  const script = await ask(`${server.url}/assets/index-a1B2c3D4.js`, { headers: bearer });
  expect(script.headers['cache-control']).toContain('immutable');
  expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect((await ask(server.url, { headers: bearer })).headers['cache-control']).toBe('no-cache');
});

test('a call answers its reply, with a status that says the same', async () => {
  const { server, bearer, ready } = await begin();
  ready();
  const post = (name: string, body: string, more = {}) =>
    ask(`${server.url}/rpc/${name}`, { method: 'POST', headers: { ...bearer, ...more }, body });
  expect(JSON.parse((await post('echo', '{"a":1}')).text)).toEqual({
    ok: true,
    value: { input: { a: 1 }, window: 'rpc' },
  });
  expect((await post('refuse', '{}')).status).toBe(400);
  expect((await post('nothing', '{}')).status).toBe(404);
  expect((await post('echo', '{not json')).status).toBe(400);
  expect((await post('echo', ' '.repeat(32_000_001))).status).toBe(413);
  expect((await post('echo', ' '.repeat(32_000_001), { 'transfer-encoding': 'chunked' })).status).toBe(413);
  expect(
    (await ask(`${server.url}/unlock`, { method: 'POST', headers: bearer, body: 'x'.repeat(10_001) })).status,
  ).toBe(413);
  expect((await ask(`${server.url}/rpc/echo`, { headers: bearer })).status).toBe(405);
});

test('a page calls and hears over its socket', async () => {
  const begun = await begin();
  const { bearer, small, ready } = begun;
  ready();
  const socket = await connect(begun, bearer);
  if (typeof socket === 'number') throw new Error(`no socket: ${socket}`);
  const reply = nextFrame(socket);
  socket.send(JSON.stringify({ id: 5, name: 'echo', input: { b: 2 } }));
  expect(await reply).toEqual({ id: 5, reply: { ok: true, value: { input: { b: 2 }, window: 'page-1' } } });
  const event = nextFrame(socket);
  small.publish('changed', { seq: 1, topics: [] });
  expect(await event).toEqual({ event: 'changed', payload: { seq: 1, topics: [] } });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.send('nonsense');
  expect(await closed).toBe(1007);
});

test('an attachment that could run is handed over as a file, whole or in part', async () => {
  const { server, bearer, ready } = await begin();
  ready();
  const get = (headers = {}) => ask(`${server.url}/attachment/7`, { headers: { ...bearer, ...headers } });
  const whole = await get();
  expect(whole.text).toBe(attachmentText);
  expect(whole.headers['content-type']).toBe('application/octet-stream');
  expect(whole.headers['x-content-type-options']).toBe('nosniff');
  expect(whole.headers['content-security-policy']).toContain('sandbox');
  expect(whole.headers['content-disposition']).toBe(
    `attachment; filename="Bell _tower_.html"; filename*=UTF-8''Bell%20%22tower%22.html`,
  );
  const part = await get({ range: 'bytes=4-7' });
  expect([part.status, part.text, part.headers['content-range']]).toEqual([
    206,
    'bell',
    `bytes 4-7/${attachmentText.length}`,
  ]);
  expect((await get({ range: 'bytes=-4' })).text).toBe('noon');
  expect((await get({ range: 'bytes=999-' })).status).toBe(416);
  expect((await get({ range: 'bytes=0-1,3-4' })).text).toBe(attachmentText);
  expect((await ask(`${server.url}/attachment/8`, { headers: bearer })).status).toBe(404);
  expect((await ask(`${server.url}/attachment/x`, { headers: bearer })).status).toBe(404);
});

test('an uploaded file lands inside the profile under a plain name', async () => {
  const { server, bearer, folder, ready } = await begin();
  ready();
  const name = encodeURIComponent('../../..\\old mail:2019.mbox');
  const answer = await ask(`${server.url}/upload?name=${name}`, { method: 'POST', headers: bearer, body: 'From x' });
  const { path, bytes } = JSON.parse(answer.text);
  expect(path).toMatch(/old mail_2019\.mbox$/);
  expect(path.startsWith(join(folder, 'uploads'))).toBe(true);
  expect(bytes).toBe(6);
  expect(readFileSync(path, 'utf8')).toBe('From x');
  expect(existsSync(join(folder, '..', 'old mail:2019.mbox'))).toBe(false);
});

test('while it starts, calls are told to come again; while it is locked, only a passphrase is taken', async () => {
  const { server, bearer, hub, ready } = await begin();
  const echo = () => ask(`${server.url}/rpc/echo`, { method: 'POST', headers: bearer, body: '{}' });
  expect((await echo()).status).toBe(503);
  const first = hub.askPassphrase(false);
  expect((await echo()).status).toBe(423);
  const page = await ask(server.url, { headers: bearer });
  expect(page.text).toContain('Carillon is locked');
  const form = { ...bearer, 'content-type': 'application/x-www-form-urlencoded' };
  const tried = ask(`${server.url}/unlock`, { method: 'POST', headers: form, body: 'passphrase=a+b%C4%85' });
  expect(await first).toBe('a bą');
  const second = hub.askPassphrase(true);
  expect((await tried).status).toBe(303);
  expect((await ask(server.url, { headers: bearer })).text).toContain('That is not the passphrase');
  const unlocked = ask(`${server.url}/rpc/unlock`, { method: 'POST', headers: bearer, body: '{"passphrase":"right"}' });
  expect(await second).toBe('right');
  expect((await unlocked).status).toBe(200);
  ready();
  expect((await echo()).status).toBe(200);
});

test('the token is never written to the log', async () => {
  const { server, bearer, ready, hub, lines } = await begin();
  ready();
  hub.attachment = () => Promise.reject(new Error('disk'));
  expect((await ask(`${server.url}/attachment/7?token=${server.token}`, { headers: bearer })).status).toBe(500);
  expect(lines).toHaveLength(1);
  expect(lines.join('')).not.toContain(server.token);
});
