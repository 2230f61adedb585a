import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeClock } from '../../adapters/_kit/testing/index.ts';
import type { Reply } from '../../src-shared/ipc/index.ts';
import { openWorld, type World } from '../core/testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld(fakeClock());
});
afterAll(() => world.bench.close());
const call = (name: string, input: unknown): Promise<Reply<unknown>> =>
  world.bench.hub.call(name, input, { window: 'test' });

describe('a call', () => {
  it.each(['nope', '__proto__', 'constructor', 'toString'])('called %s is no call', async (name) => {
    expect(await call(name, {})).toMatchObject({ ok: false, error: { code: 'no-such-call' } });
  });

  it('with an input that is not valid is refused by the name of the field, never with its value', async () => {
    const reply = await call('login.answer', { login: 'x', answers: { password: ['hunter2'] } });
    expect(reply).toMatchObject({ ok: false, error: { code: 'invalid-input', retryable: false } });
    expect(JSON.stringify(reply)).toContain('answers.password');
    expect(JSON.stringify(reply) + world.bench.logged.join()).not.toContain('hunter2');
  });

  it.each([[null], [undefined], [5], ['x'], [[]]])('with %j for an input is refused, not broken', async (input) => {
    expect(await call('inbox.page', input)).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });

  it('gets the defaults of the contract', async () => {
    expect(await call('inbox.page', {})).toEqual({ ok: true, value: { rows: [] } });
    expect(await call('settings.get', {})).toMatchObject({ ok: true, value: { undoSendSeconds: 10, theme: 'system' } });
  });

  it('about what is not there says so', async () => {
    expect(await call('accounts.test', { account: 99 })).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(await call('conversation.get', { conversation: 99 })).toEqual({ ok: true, value: null });
    expect(await call('attachment.fetch', { attachment: 99 })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });
});

describe('settings', () => {
  it('are kept, and refused whole when a name or value is wrong', async () => {
    expect(await call('settings.set', { patch: { theme: 'dark', undoSendSeconds: 0 } })).toMatchObject({
      value: { theme: 'dark', undoSendSeconds: 0 },
    });
    for (const patch of [
      { theme: 'pink' },
      { colour: 'x' },
      { theme: 'light', undoSendSeconds: -1 },
      { __proto__: {}, constructor: 1 },
    ])
      expect(await call('settings.set', { patch })).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    await world.bench.restart();
    expect(await call('settings.get', {})).toMatchObject({ value: { theme: 'dark', undoSendSeconds: 0 } });
  });
});

it('the state of everything is told by the checks', async () => {
  await world.bench.login();
  const checks = await world.bench.call('app.check', {});
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  expect(checks.map((check) => check.name)).toEqual(expect.arrayContaining(['Secrets', 'Account Me at example']));
});
