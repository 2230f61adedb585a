import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LoginStep } from '../../../src-shared/channel.ts';
import { type Double, Grants, networkTime, route, startDouble, visit } from '../../../tests/simulators/_base/index.ts';
import { createHttp } from '../http/index.ts';
import { fakeClock, lettingGo, realClock, silent } from '../testing/index.ts';
import { browserLogin, createTokenKeeper, deviceLogin, type OAuthProvider, TokenSet, tokensSecret } from './index.ts';

const time = networkTime(Date.now());
let grants: Grants;
let double: Double;
const { signal } = new AbortController();
const start = async (rotates: boolean): Promise<void> => {
  grants = new Grants({
    time,
    client: { id: 'client-1', secret: 'client-secret-1' },
    paths: { authorize: '/authorize', token: '/token', device: '/device' },
    scopes: ['read', 'write'],
    rotates,
  });
  const refuse = (status: number) => () => ({ status, json: {} });
  double = await startDouble({
    routes: [
      ...grants.routes(),
      route('GET /thing', { query: z.strictObject({}), answer: ({ subject }) => ({ json: { subject } }) }),
    ],
    authenticate: (token) => grants.authenticate(token),
    manners: { unknown: refuse(404), bad: refuse(400), unauthenticated: refuse(401) },
  });
};
beforeEach(() => start(true));
afterEach(() => double.stop());

const provider = (secret = 'client-secret-1'): OAuthProvider => ({
  vendor: 'Notes',
  issuer: double.address,
  authorizationEndpoint: `${double.address}/authorize`,
  tokenEndpoint: `${double.address}/token`,
  deviceEndpoint: `${double.address}/device`,
  clientId: 'client-1',
  clientSecret: secret,
  scopes: ['read', 'write'],
});
const http = () => createHttp({ vendor: 'Notes', fetch, clock: realClock, log: silent });
const begin = (secret?: string, end = signal) =>
  browserLogin({ provider: provider(secret), http: http(), clock: realClock, signal: end });
const urlOf = (step: LoginStep | TokenSet | undefined): string => {
  if (!step || !('show' in step) || step.show !== 'browser') throw new Error('not a page');
  return step.url;
};
const keeperOn = (held: Map<string, string>, over = http()) =>
  createTokenKeeper({
    provider: async () => provider(),
    secrets: { get: async (name) => held.get(name), set: async (name, value) => void held.set(name, value) },
    http: over,
    clock: realClock,
    log: silent,
    lock: 'notes:me',
  });

describe('logging in by the browser', () => {
  it('ends in tokens once the page has come back, and listens no more', async () => {
    const login = begin();
    const url = urlOf((await login.next()).value);
    const [page, end] = await Promise.all([visit(url), login.next({})]);
    expect(page).toContain('close this page');
    expect(end.done).toBe(true);
    expect(TokenSet.parse(end.value).scopes).toEqual(['read', 'write']);
    await expect(fetch(new URL(url).searchParams.get('redirect_uri') ?? '')).rejects.toThrow();
  });

  it('takes no answer but its own, and only one', async () => {
    const login = begin();
    const url = urlOf((await login.next()).value);
    const back = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
    const ending = login.next({});
    expect((await fetch(new URL('/favicon.ico', back))).status).toBe(404);
    back.search = '?code=forged&state=guessed';
    expect((await fetch(back)).status).toBe(400);
    await visit(url);
    expect((await ending).done).toBe(true);
  });

  it('says so when access was not allowed', async () => {
    grants.consent = 'deny';
    const login = begin();
    const url = urlOf((await login.next()).value);
    const ending = login.next({});
    const refused = expect(ending).rejects.toMatchObject({ code: 'denied', outcome: 'refused' });
    expect(await visit(url)).toContain('not allowed');
    await refused;
  });

  it('names the client when it is the client that is wrong', async () => {
    const login = begin('another secret');
    const url = urlOf((await login.next()).value);
    const refused = expect(login.next({})).rejects.toMatchObject({
      code: 'client',
      message: expect.stringContaining('client secret'),
    });
    await visit(url);
    await refused;
  });

  it('closes its door when it is called off', async () => {
    const leaving = new AbortController();
    const login = begin(undefined, leaving.signal);
    const url = urlOf((await login.next()).value);
    const refused = expect(login.next({})).rejects.toThrow('left');
    leaving.abort(new DOMException('left', 'AbortError'));
    await refused;
    await expect(fetch(new URL(url).searchParams.get('redirect_uri') ?? '')).rejects.toThrow();
  });
});

it('logs in by a code typed elsewhere', async () => {
  const login = deviceLogin({ provider: provider(), http: http(), clock: realClock, signal });
  expect((await login.next()).value).toMatchObject({ show: 'code', data: 'BELL-TOWR' });
  const ending = login.next({});
  grants.deviceAllowed = true;
  const end = await ending;
  expect(end.done).toBe(true);
});

it('goes on waiting for the code when a connection breaks, and never asks without a pause', async () => {
  const clock = fakeClock();
  const { passing } = lettingGo(clock);
  const layer = createHttp({ vendor: 'Notes', fetch, clock, log: silent });
  double.faults.arm(
    { path: /device/ },
    { is: 'spoilt', change: (body) => body.replace('"interval":1', '"interval":0.001') },
  );
  const login = deviceLogin({ provider: provider(), http: layer, clock, signal });
  await passing(login.next());
  const began = clock.now();
  // As often as the layer beneath tries.
  double.faults.arm({ path: /token/, times: 4 }, { is: 'cut-before' });
  grants.deviceAllowed = true;
  const end = await passing(login.next({}));
  expect(end.done).toBe(true);
  expect(double.faults.waiting).toBe(0);
  expect(clock.now() - began).toBeGreaterThanOrEqual(3000);
});

it.each([
  ['slow_down', { done: true }, 7000],
  ['expired_token', { code: 'timeout', outcome: 'not-done' }, 1000],
  ['access_denied', { code: 'denied', outcome: 'refused' }, 1000],
])('hears %s while waiting for the code', async (error, expected, leastMs) => {
  const clock = fakeClock();
  const { passing } = lettingGo(clock);
  const layer = createHttp({ vendor: 'Notes', fetch, clock, log: silent });
  const login = deviceLogin({ provider: provider(), http: layer, clock, signal });
  await passing(login.next());
  const began = clock.now();
  double.faults.arm({ path: /token/ }, { is: 'answer', reply: { status: 400, json: { error } } });
  grants.deviceAllowed = true;
  expect(await passing(login.next({})).catch((cause: unknown) => cause)).toMatchObject(expected);
  expect(clock.now() - began).toBeGreaterThanOrEqual(leastMs);
});

it('waits no longer than told for a browser that never comes back, and closes its door', async () => {
  const clock = fakeClock();
  const login = browserLogin({ provider: provider(), http: http(), clock, signal, waitMs: 5000 });
  const url = urlOf((await login.next()).value);
  const late = lettingGo(clock).passing(login.next({}));
  await expect(late).rejects.toMatchObject({ code: 'timeout', outcome: 'not-done' });
  await expect(fetch(new URL(url).searchParams.get('redirect_uri') ?? '')).rejects.toThrow();
  expect(clock.sleeping).toBe(0);
});

describe('keeping tokens', () => {
  const issued = () => {
    const { access_token: access, refresh_token: refresh, expires_in } = grants.issue();
    return new Map([
      [tokensSecret, JSON.stringify({ access, refresh, expiresAt: Date.now() + expires_in * 1000, scopes: ['read'] })],
    ]);
  };
  const thing = () => `${double.address}/thing`;

  it('renews once however many ask, and stores the rotated token before it is used', async () => {
    const held = issued();
    grants.expire();
    const call = keeperOn(held).bearer(fetch);
    const answers = await Promise.all(Array.from({ length: 8 }, () => call(thing())));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(double.seen.filter(({ path }) => path === '/token')).toHaveLength(1);
    expect(grants.refreshTokens).toContain(TokenSet.parse(JSON.parse(held.get(tokensSecret) ?? '')).refresh);
  });

  it('renews once for two sessions of one account', async () => {
    const held = issued();
    grants.expire();
    const answers = await Promise.all([keeperOn(held), keeperOn(held)].map((keeper) => keeper.bearer(fetch)(thing())));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(double.seen.filter(({ path }) => path === '/token')).toHaveLength(1);
  });

  it('leaves a login alone that was made anew while the old one was being renewed', async () => {
    const held = issued();
    grants.expire();
    const { promise, resolve } = Promise.withResolvers<void>();
    double.faults.arm({ path: /token/ }, { is: 'slow', until: promise });
    const answer = keeperOn(held).bearer(fetch)(thing());
    await expect.poll(() => double.seen.some(({ path }) => path === '/token')).toBe(true);
    const anew = issued().get(tokensSecret) ?? '';
    held.set(tokensSecret, anew);
    resolve();
    expect((await answer).status).toBe(200);
    expect(held.get(tokensSecret)).toBe(anew);
  });

  it('stores the rotated token although whoever asked has stopped waiting', async () => {
    const held = issued();
    grants.expire();
    const { promise, resolve } = Promise.withResolvers<void>();
    double.faults.arm({ path: /token/ }, { is: 'slow', until: promise });
    const leaving = new AbortController();
    const layer = http();
    const keeper = keeperOn(held, layer);
    const left = expect(
      layer.call({ signal: leaving.signal }, () => keeper.bearer(layer.fetch)(thing())),
    ).rejects.toThrow('left');
    await expect.poll(() => double.seen.some(({ path }) => path === '/token')).toBe(true);
    leaving.abort(new DOMException('left', 'AbortError'));
    resolve();
    await left;
    await keeper.settled();
    expect(grants.refreshTokens).toContain(TokenSet.parse(JSON.parse(held.get(tokensSecret) ?? '')).refresh);
  });

  it('asks for a login when access was taken back, and keeps what it has', async () => {
    const held = issued();
    const before = held.get(tokensSecret);
    grants.revoke();
    const refused = keeperOn(held).bearer(fetch)(thing());
    await expect(refused).rejects.toMatchObject({ code: 'auth', outcome: 'refused' });
    expect(held.get(tokensSecret)).toBe(before);
  });

  it('keeps the refresh token where the vendor tells it only once', async () => {
    await double.stop();
    await start(false);
    const held = issued();
    const before = TokenSet.parse(JSON.parse(held.get(tokensSecret) ?? ''));
    grants.expire();
    await keeperOn(held).bearer(fetch)(thing());
    const after = TokenSet.parse(JSON.parse(held.get(tokensSecret) ?? ''));
    expect(after.refresh).toBe(before.refresh);
    expect(after.access).not.toBe(before.access);
  });
});
