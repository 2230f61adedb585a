import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { ChannelError } from '../../../src-shared/channel.ts';
import { client, type Microsoft, scopes, startMicrosoft } from '../../../tests/simulators/microsoft/index.ts';
import type { Answer } from '../http/index.ts';
import { tokensSecret } from '../oauth/index.ts';
import { realClock, silent } from '../testing/index.ts';
import { atMost, openGraph, providerOf, readServer, refusal, stateAfter, wordsOfScope } from './index.ts';

let running: Microsoft | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

it('lets no more than so many through at once, in turn, whatever becomes of them', async () => {
  const turn = atMost(3);
  const ends: (() => void)[] = [];
  const begun: number[] = [];
  const all = Array.from({ length: 7 }, (_, index) =>
    turn(async () => {
      begun.push(index);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (index % 2 === 0) throw new Error('no');
    }).catch(() => undefined),
  );
  for (let left = 7; left > 0; left--) {
    await expect.poll(() => ends.length).toBeGreaterThan(0);
    expect(begun.length - (7 - left)).toBeLessThanOrEqual(3);
    ends.shift()?.();
  }
  await Promise.all(all);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

const answer = (status: number, body: unknown): Answer => ({
  request: {
    method: 'GET',
    url: new URL('https://graph.microsoft.com/v1.0/me'),
    headers: new Headers(),
    text: undefined,
  },
  status,
  headers: new Headers(),
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
it('reads what Graph refuses for', () => {
  const said = (status: number, code: string) => refusal(answer(status, { error: { code, message: 'Words.' } }));
  expect(said(410, 'SyncStateNotFound')).toMatchObject({ code: 'gone', outcome: 'refused' });
  expect(said(400, 'syncStateInvalid')).toMatchObject({ code: 'gone' });
  expect(said(403, 'ErrorAccessDenied')).toMatchObject({ code: 'scope' });
  expect(said(404, 'MailboxNotEnabledForRESTAPI')).toMatchObject({ code: 'setup' });
  expect(said(400, 'ErrorInvalidRecipients')).toEqual({ message: 'Microsoft refused: Words.' });
  expect(said(404, 'ErrorItemNotFound')).toBeUndefined();
  expect(said(429, 'ApplicationThrottled')).toBeUndefined();
  expect(refusal(answer(500, '<html>'))).toBeUndefined();
  expect(refusal(answer(410, ''))).toMatchObject({ code: 'gone' });
});

it('says where a session stands after each kind of trouble', () => {
  const after = (code: string) =>
    stateAfter(new ChannelError(code, 'not-done', 'Words.', { retryAfterMs: 5000 }), 1000);
  expect(after('auth')).toMatchObject({ is: 'needs-login' });
  expect(after('setup')).toMatchObject({ is: 'failed' });
  expect(after('network')).toEqual({ is: 'offline', message: 'Words.', retryAt: 6000 });
});

it('knows scopes however they are written, and simulated servers on this machine alone', () => {
  expect(wordsOfScope('https://graph.microsoft.com/Mail.Send')).toBe(wordsOfScope('mail.send'));
  expect(readServer('http://127.0.0.1:81/')).toBe('http://127.0.0.1:81');
  for (const other of ['https://127.0.0.1', 'http://127.0.0.1.example', 'http://localhost:1', 'nonsense'])
    expect(readServer(other)).toBeUndefined();
});

it('takes the person’s token to Graph alone, whatever link an answer holds', async () => {
  running = await startMicrosoft({ messages: 1, talks: 1 });
  const { address, grants } = running;
  const { access_token: access } = grants.issue();
  const secrets = new Map([[tokensSecret, JSON.stringify({ access, scopes })]]);
  const config = { clientId: client.id, tenant: client.tenant, server: address };
  const graph = openGraph({
    vendor: 'Outlook',
    root: `${address}/v1.0`,
    provider: providerOf(config, scopes),
    lock: 'test',
    rules: [],
    atOnce: 1,
    prefer: [],
    secrets: { get: async (name) => secrets.get(name), set: async (name, value) => void secrets.set(name, value) },
    fetch,
    clock: realClock,
    log: silent,
    signal: new AbortController().signal,
  });
  expect(await graph.ask(z.object({ mail: z.string() }), { path: `${address}/v1.0/me` }, {})).toHaveProperty('mail');
  const elsewhere = graph.tell({ path: 'https://graph.microsoft.com.example/v1.0/me' }, {});
  await expect(elsewhere).rejects.toMatchObject({ code: 'protocol' });
  await expect(graph.ask(z.object({ mail: z.number() }), { path: '/me' }, {})).rejects.toMatchObject({
    code: 'protocol',
    outcome: 'not-done',
  });
});
