import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ask, call, inbox, openAgain, shared, whyNot } from './shell.ts';

const here = test.skipIf(whyNot !== undefined);

const world = shared();

here('the window opens on the inbox of the demo world', async () => {
  const { page } = world();
  const rows = await inbox(page);
  const title = rows.find((row) => row.title !== '')?.title ?? '';
  await page.getByText(title, { exact: false }).first().waitFor();
  expect(page.url()).toBe('carillon://app/index.html');
});

here('the bridge carries calls and events, and a page has nothing else', async () => {
  const { page } = world();
  expect(await ask(page, 'app.info')).toMatchObject({ host: 'electron', demo: true });
  expect(await call(page, 'no.such.call')).toMatchObject({ ok: false });
  const globals = await page.evaluate(() => ({
    bridge: Object.keys(window.carillon ?? {}).sort(),
    require: typeof (globalThis as { require?: unknown }).require,
    process: typeof (globalThis as { process?: unknown }).process,
    electron: typeof (globalThis as { electron?: unknown }).electron,
  }));
  expect(globals).toEqual({
    bridge: ['call', 'on'],
    require: 'undefined',
    process: 'undefined',
    electron: 'undefined',
  });
  const heard = page.evaluate(
    () =>
      new Promise((resolve) => {
        window.carillon?.on((event) => event === 'changed' && resolve(event));
      }),
  );
  await ask(page, 'settings.set', { patch: { density: 'compact' } });
  expect(await heard).toBe('changed');
});

here('a reply goes out through the demo channel', async () => {
  const { page } = world();
  const [row] = await inbox(page);
  if (row === undefined) throw new Error('the inbox is empty');
  const { messages } = await ask<{ messages: { id: number }[] }>(page, 'conversation.page', { conversation: row.id });
  const start = await ask<Record<string, unknown>>(page, 'compose.start', {
    kind: 'reply',
    message: messages.at(-1)?.id,
  });
  const text = 'The bells ring at noon.';
  const { outbox, message } = await ask<{ outbox: number; message: number }>(page, 'compose.send', {
    ...start,
    text,
    notBefore: Date.now(),
  });
  expect(outbox).toBeGreaterThan(0);
  await expect
    .poll(async () => {
      const view = await ask<{ delivery: { state: string } | null; fromMe: boolean } | null>(page, 'message.get', {
        message,
      });
      return view?.fromMe && (view.delivery?.state ?? 'sent');
    })
    .toMatch(/^(sent|delivered|read)$/);
});

here('the hub is killed: windows are told, calls are asked to come again, and it is back with everything', async () => {
  const { page, profile } = world();
  const hub = (): number => JSON.parse(readFileSync(join(profile, 'lock'), 'utf8')).pid;
  const before = (await inbox(page)).map(({ id }) => id).sort();
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    window.carillon?.on((event, payload) => event === 'hub' && heard.push((payload as { is: string }).is));
  });
  const pid = hub();
  process.kill(pid, 'SIGKILL');
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { heard: string[] }).heard.join()), { timeout: 60_000 })
    .toBe('down,up');
  expect(hub()).not.toBe(pid);
  const after = (await inbox(page)).map(({ id }) => id);
  expect(before.filter((id) => !after.includes(id))).toEqual([]);
});

here('a page can neither go elsewhere nor open a window nor reach the network', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end('elsewhere');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  const { app, page } = world();
  // What the person would have confirmed goes to the system; here nothing may be opened for real.
  await app.evaluate(({ shell }) => {
    shell.openExternal = async (url: string) => {
      process.env.CARILLON_TEST_OPENED = `${process.env.CARILLON_TEST_OPENED ?? ''} ${url} `;
    };
  });
  await page.evaluate((url) => {
    location.href = url;
  }, url);
  const blocked = await page.evaluate(async (url) => {
    const image = new Promise((resolve) => {
      const picture = new Image();
      picture.onload = () => resolve('loaded');
      picture.onerror = () => resolve('blocked');
      picture.src = `${url}x.png`;
    });
    const fetched = fetch(url).then(
      () => 'loaded',
      () => 'blocked',
    );
    const opened = window.open(`${url}outside`) === null ? 'blocked' : 'opened';
    return [await image, await fetched, opened];
  }, url);
  expect(blocked).toEqual(['blocked', 'blocked', 'blocked']);
  expect(page.url()).toBe('carillon://app/index.html');
  expect(app.windows()).toHaveLength(1);
  expect(asked).toBe(0);
  await expect.poll(() => app.evaluate(() => process.env.CARILLON_TEST_OPENED)).toContain(` ${url}outside `);
});

here('permissions are denied, whatever the page asks for', async () => {
  const { page } = world();
  const answers = await page.evaluate(async () => {
    const states: string[] = [];
    for (const name of ['microphone', 'camera', 'geolocation', 'notifications', 'midi'] as PermissionName[]) {
      states.push((await navigator.permissions.query({ name })).state);
    }
    return [...states, await Notification.requestPermission()];
  });
  expect(new Set(answers)).toEqual(new Set(['denied']));
});

here('a frame of the same origin has no voice of its own', async () => {
  const { page } = world();
  await ask(page, 'app.info');
  const inFrame = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.src = '/frame.html';
        frame.onload = () => resolve(typeof (frame.contentWindow as Window & { carillon?: unknown }).carillon);
        document.body.append(frame);
      }),
  );
  expect(inFrame).toBe('undefined');
});

here('a page that is not ours is answered nothing, whatever it was given', async () => {
  const { app, page } = world();
  await ask(page, 'app.info');
  const preload = join(import.meta.dirname, '..', '..', 'out', 'preload', 'index.cjs');
  const answer = await app.evaluate(async ({ BrowserWindow }, preload) => {
    const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await other.loadURL('data:text/html,elsewhere');
    const reply: unknown = await other.webContents.executeJavaScript("window.carillon.call('app.info', {})");
    other.destroy();
    return reply;
  }, preload);
  expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
});

here('a second window on a profile gives way to the first', async () => {
  const first = world();
  await ask(first.page, 'app.info');
  expect(await openAgain(first)).toBe(0);
  expect(await ask(first.page, 'app.info')).toMatchObject({ host: 'electron' });
});

here('a dropped file is taken into the profile', async () => {
  const { page, profile } = world();
  await ask(page, 'app.info');
  const answer = await page.evaluate(async () => {
    const file = new File(['From bells\n'.repeat(200_000)], 'old.mbox');
    const response = await fetch('/upload?name=old.mbox', { method: 'POST', body: file });
    return (await response.json()) as { path: string; bytes: number };
  });
  expect(answer.bytes).toBe(2_200_000);
  expect(answer.path.startsWith(join(profile, 'uploads'))).toBe(true);
  expect(existsSync(answer.path)).toBe(true);
});
