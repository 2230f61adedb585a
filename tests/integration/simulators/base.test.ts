import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import {
  cast,
  chance,
  type Double,
  disorderly,
  Ledger,
  me,
  networkTime,
  personById,
  route,
  script,
  startDouble,
} from '../../simulators/_base/index.ts';

/** What the simulated networks are built from. */
const time = networkTime();
let ledger: Ledger<string>;
let double: Double;
beforeEach(async () => {
  ledger = new Ledger(time.now);
  double = await startDouble({
    manners: {
      unknown: (path) => ({ status: 404, json: { unknown: path } }),
      bad: (detail) => ({ status: 400, json: { detail } }),
      unauthenticated: (why) => ({ status: 401, json: { why } }),
    },
    authenticate: (token) =>
      token === 'good' ? { subject: me.id } : { refused: token === 'old' ? 'expired' : 'invalid' },
    limit: (_method, path) => (path === '/busy' ? { status: 429, headers: { 'retry-after': '3' } } : undefined),
    onSocket: (socket) => socket.on('message', (data) => socket.send(`heard ${data}`)),
    routes: [
      route('GET /busy', { query: z.strictObject({}), answer: () => ({ json: {} }) }),
      route('GET /talks/:talk/notes', {
        query: z.strictObject({ limit: z.string().regex(/^\d+$/), tag: z.array(z.string()).optional() }),
        answer: ({ params, query, subject }) => ({ json: { ...params, ...query, subject } }),
      }),
      route('POST /notes', {
        query: z.strictObject({}),
        body: z.strictObject({ said: z.string() }),
        answer: ({ body }) => {
          ledger.record('note', body.said);
          return { status: 201, json: { said: body.said } };
        },
      }),
    ],
  });
});
afterEach(() => double.stop());

const ask = (path: string, init: RequestInit = {}, token = 'good') =>
  fetch(`${double.address}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
const post = (body: unknown) =>
  ask('/notes', { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

describe('a double', () => {
  it('demands what it demands, and refuses what it does not know', async () => {
    const answer = await ask('/talks/roof%20one/notes?limit=5&tag=a&tag=b');
    expect(await answer.json()).toEqual({ talk: 'roof one', limit: '5', tag: ['a', 'b'], subject: 'alex' });
    for (const path of ['/talks/roof/notes', '/talks/roof/notes?limit=x', '/talks/roof/notes?limit=5&colour=red'])
      expect((await ask(path)).status, path).toBe(400);
    for (const body of [{}, { said: 5 }, { said: 'a', loud: true }]) expect((await post(body)).status).toBe(400);
    expect((await ask('/talks')).status).toBe(404);
    expect(ledger.entries).toEqual([]);
  });

  it('tells tokens that are missing, wrong and old apart, and keeps the vendor’s limits', async () => {
    const path = '/talks/roof/notes?limit=5';
    expect(await (await fetch(`${double.address}${path}`)).json()).toEqual({ why: 'missing' });
    expect(await (await ask(path, {}, 'bad')).json()).toEqual({ why: 'invalid' });
    expect(await (await ask(path, {}, 'old')).json()).toEqual({ why: 'expired' });
    const busy = await ask('/busy');
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '3']);
  });

  it('has done what was cut off after, and not what was cut off before', async () => {
    double.faults.arm({ method: 'POST', after: 1 }, { is: 'cut-before' });
    double.faults.arm({ method: 'POST', after: 1 }, { is: 'cut-after' });
    double.faults.arm({ method: 'POST', after: 1 }, { is: 'cut-mid-body' });
    expect((await post({ said: 'one' })).status).toBe(201);
    await expect(post({ said: 'two' })).rejects.toThrow();
    await expect(post({ said: 'three' })).rejects.toThrow();
    await expect(post({ said: 'four' }).then((answer) => answer.json())).rejects.toThrow();
    expect(ledger.of('note')).toEqual(['one', 'three', 'four']);
    expect(double.seen.map(({ status }) => status)).toEqual([201, 'cut', 'cut', 'cut']);
  });

  it('waits and spoils when told to', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    double.faults.arm({}, { is: 'slow', until: promise });
    const slow = post({ said: 'later' });
    await expect.poll(() => double.seen.length).toBe(1);
    expect(ledger.entries).toEqual([]);
    resolve();
    expect((await slow).status).toBe(201);
    double.faults.arm({}, { is: 'spoilt', change: (body) => body.replace('said', 'sung') });
    expect(await (await post({ said: 'x' })).json()).toEqual({ sung: 'x' });
  });

  it('speaks by WebSocket too', async () => {
    const socket = new WebSocket(double.address.replace('http', 'ws'));
    const answer = new Promise<string>((resolve) => socket.once('message', (data) => resolve(String(data))));
    socket.once('open', () => socket.send('hello'));
    expect(await answer).toBe('heard hello');
    expect(double.sockets.size).toBe(1);
    socket.terminate();
  });
});

it('tells who waits for the ledger once it has happened', async () => {
  const waiting = ledger.until((one) => one.of('note').length === 2);
  await post({ said: 'a' });
  await post({ said: 'b' });
  await waiting;
  await expect(ledger.until(() => false, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});

describe('the cast and what they say', () => {
  it('is the same for the same seed, of any size, oldest first in each talk', () => {
    const options = { seed: 7, talks: 40, messages: 5000, until: time.now() };
    const talks = script(options);
    expect(script(options)).toEqual(talks);
    expect(script({ ...options, seed: 8 })).not.toEqual(talks);
    expect(talks.flatMap(({ said }) => said)).toHaveLength(5000);
    expect(new Set(talks.flatMap(({ said }) => said.map(({ id }) => id))).size).toBe(5000);
    for (const { said, members } of talks) {
      expect(said.map(({ at }) => at)).toEqual(said.map(({ at }) => at).toSorted((a, b) => a - b));
      expect(said.every(({ by }) => by.id === me.id || members.includes(by))).toBe(true);
      expect(
        said.every(({ answers }, index) => !answers || said.slice(0, index).some(({ id }) => id === answers)),
      ).toBe(true);
    }
  });

  it('is one for all networks, each person with a way to be known by', () => {
    const everyone = [me, ...cast];
    for (const field of ['id', 'email', 'phone', 'handle'] as const)
      expect(new Set(everyone.map((one) => one[field])).size).toBe(everyone.length);
    expect(personById('layla')?.name).toContain('ليلى');
  });

  it('may be told twice and out of order, with nothing missing', () => {
    const items = Array.from({ length: 100 }, (_, index) => index);
    const told = disorderly(items, chance('net'));
    expect(told.length).toBeGreaterThan(100);
    expect([...new Set(told)].toSorted((a, b) => a - b)).toEqual(items);
    expect(told).not.toEqual(told.toSorted((a, b) => a - b));
  });
});
