import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ChannelError, type Log } from '../../../src-shared/channel.ts';
import { type Double, Ledger, route, startDouble } from '../../../tests/simulators/_base/index.ts';
import { type FakeClock, fakeClock, lettingGo, settle, silent } from '../testing/index.ts';
import { createHttp, type HttpOptions } from './index.ts';
import { retryAfter } from './retry.ts';

let clock: FakeClock;
let double: Double;
let ledger: Ledger<string>;
const problem = (status: number, reason: string) => ({ status, json: { reason } });

beforeEach(async () => {
  clock = fakeClock();
  ledger = new Ledger(clock.now);
  double = await startDouble({
    manners: {
      unknown: () => problem(404, 'unknown'),
      bad: (detail) => problem(400, detail),
      unauthenticated: (why) => problem(401, why),
    },
    routes: [
      route('GET /notes', {
        query: z.strictObject({ from: z.string().optional(), secret: z.string().optional() }),
        answer: () => ({ json: { notes: ledger.of('note') } }),
      }),
      route('POST /notes', {
        query: z.strictObject({}),
        body: z.strictObject({ said: z.string() }),
        answer: ({ body }) => {
          ledger.record('note', body.said);
          return { json: { count: ledger.entries.length } };
        },
      }),
      route('GET /file', {
        query: z.strictObject({}),
        answer: () => ({ bytes: new Uint8Array(200_000), type: 'image/png' }),
      }),
    ],
  });
});
afterEach(() => double.stop());

const http = (options: Partial<HttpOptions> = {}) =>
  createHttp({ vendor: 'Notes', fetch, clock, log: silent, ...options });
const notes = () => `${double.address}/notes`;
const post = (said: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ said }),
});
const passing = <T>(work: Promise<T>): Promise<T> => lettingGo(clock).passing(work);
const failure = async (work: Promise<unknown>): Promise<ChannelError> => {
  const error: unknown = await passing(work).catch((cause: unknown) => cause);
  if (error instanceof ChannelError) return error;
  throw new Error('no ChannelError', { cause: error });
};

describe('what is tried again', () => {
  it('asks again when the connection was cut, and a question changes nothing', async () => {
    double.faults.arm({ method: 'GET' }, { is: 'cut-before' });
    double.faults.arm({ method: 'GET' }, { is: 'cut-mid-body' });
    const answer = await passing(http().fetch(notes()));
    expect(await answer.json()).toEqual({ notes: [] });
    expect(double.seen).toHaveLength(3);
  });

  it('never repeats what may have been done: the outcome is unknown', async () => {
    const layer = http();
    double.faults.arm({ method: 'POST' }, { is: 'cut-after' });
    const error = await failure(layer.fetch(notes(), post('once')));
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown' });
    expect(ledger.of('note')).toEqual(['once']);
  });

  it('repeats a change when the answer proves that nothing was done', async () => {
    double.faults.arm({}, { is: 'answer', reply: { ...problem(429, 'slow down'), headers: { 'retry-after': '3' } } });
    double.faults.arm({}, { is: 'answer', reply: { ...problem(503, 'later'), headers: { 'retry-after': '2' } } });
    const began = clock.now();
    const answer = await passing(http().fetch(notes(), post('once')));
    expect(answer.status).toBe(200);
    expect(ledger.of('note')).toEqual(['once']);
    expect(clock.now() - began).toBeGreaterThanOrEqual(5000);
  });

  it('leaves a change alone after any other trouble of the server', async () => {
    double.faults.arm({}, { is: 'answer', reply: problem(500, 'oops') });
    const layer = http();
    const error = await failure(
      layer.call({}, async () => {
        const answer = await layer.fetch(notes(), post('perhaps'));
        if (!answer.ok) throw new Error('an SDK has its own words');
      }),
    );
    expect(error).toMatchObject({ code: 'server', outcome: 'unknown' });
    expect(double.seen).toHaveLength(1);
  });

  it('knows that a refused connection did nothing', async () => {
    await double.stop();
    const error = await failure(http().fetch(notes(), post('never')));
    expect(error).toMatchObject({ code: 'network', outcome: 'not-done' });
  });

  it('gives up a wait that is too long, and says how long it is', async () => {
    double.faults.arm({}, { is: 'answer', reply: { ...problem(429, 'tomorrow'), headers: { 'retry-after': '7200' } } });
    const layer = http();
    const error = await failure(
      layer.call({}, async () => {
        if (!(await layer.fetch(notes())).ok) throw new Error('an SDK has its own words');
      }),
    );
    expect(error).toMatchObject({ code: 'busy', outcome: 'not-done', retryAfterMs: 7_200_000 });
  });

  it('is not driven to ask at once, again and again, by who asks for no time at all', async () => {
    const none = { ...problem(429, 'slow down'), headers: { 'retry-after': '0' } };
    double.faults.arm({ times: 4 }, { is: 'answer', reply: none });
    const layer = http();
    const began = clock.now();
    const error = await failure(
      layer.call({}, async () => {
        if (!(await layer.fetch(notes())).ok) throw new Error('an SDK has its own words');
      }),
    );
    expect(error).toMatchObject({ code: 'busy', outcome: 'not-done', retryAfterMs: 1000 });
    expect(clock.now() - began).toBeGreaterThanOrEqual(3000);
  });

  it.each([
    ['120', 120_000],
    ['0.5', 500],
    ['Fri, 20 Nov 2026 15:00:30 GMT', 30_000],
    ['Fri, 20 Nov 2026 14:00:00 GMT', 0],
    ['-1', undefined],
    ['soon', undefined],
    ['99999999999', 86_400_000],
    ['9'.repeat(400), 86_400_000],
    ['Fri, 20 Nov 9026 15:00:30 GMT', 86_400_000],
  ])('reads Retry-After: %s', (written, expected) => {
    const now = Date.UTC(2026, 10, 20, 15, 0);
    expect(retryAfter(new Headers({ 'retry-after': written }), now)).toBe(expected);
  });

  it('gives up an answer that takes too long', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    double.faults.arm({ times: 9 }, { is: 'slow', until: promise });
    const failed = failure(http({ tries: 2, timeoutMs: 1000 }).fetch(notes()));
    // Between the tries time passes by itself; while one is under way it is let go.
    for (const tries of [1, 2]) {
      while (double.seen.length < tries) await settle(1);
      await clock.advance(1000);
    }
    expect(await failed).toMatchObject({ code: 'network', outcome: 'not-done' });
    expect(double.seen).toHaveLength(2);
    resolve();
  });
});

describe('whose rule it is', () => {
  it('reads the vendor’s own form of asking for patience', async () => {
    double.faults.arm({}, { is: 'answer', reply: { status: 403, json: { reason: 'rateLimit', after: 4 } } });
    const began = clock.now();
    const layer = http({
      refusal: ({ status, text }) =>
        status === 403 && text?.includes('rateLimit') ? { throttled: true, retryAfterMs: 4000 } : undefined,
    });
    expect((await passing(layer.fetch(notes()))).status).toBe(200);
    expect(clock.now() - began).toBeGreaterThanOrEqual(4000);
  });

  it('asks no faster than the rules allow, and shows what is left', async () => {
    const layer = http({
      rules: [{ name: 'reads', rate: 60, perMs: 60_000, burst: 2, cost: ({ method }) => (method === 'GET' ? 1 : 0) }],
    });
    const began = clock.now();
    for (let count = 0; count < 5; count++) await passing(layer.fetch(notes()));
    expect(clock.now() - began).toBeGreaterThanOrEqual(3000);
    const [budget] = layer.budget();
    expect(budget).toMatchObject({ rule: 'reads', limit: 2 });
    expect(budget?.fullAt).toBeGreaterThan(clock.now());
  });

  it('keeps a part of the allowance for what a person waits for', async () => {
    const layer = http({ rules: [{ name: 'all', rate: 4, perMs: 4000, burst: 4, cost: () => 1 }] });
    const background = layer.with({ background: true });
    for (let count = 0; count < 3; count++) await passing(background(notes()));
    const began = clock.now();
    await passing(layer.fetch(notes()));
    expect(clock.now()).toBe(began);
    await passing(background(notes()));
    expect(clock.now()).toBeGreaterThan(began);
  });

  it('keeps everything under a rule quiet while the network wants silence', async () => {
    const layer = http({ rules: [{ name: 'all', rate: 100, perMs: 1000, cost: () => 1 }], tries: 1 });
    double.faults.arm({}, { is: 'answer', reply: { ...problem(429, 'slow'), headers: { 'retry-after': '9' } } });
    await passing(layer.fetch(notes()));
    expect(layer.budget()[0]?.blockedUntil).toBe(clock.now() + 9000);
    const error = await failure(layer.with({ maxWaitMs: 1000 })(notes()));
    expect(error).toMatchObject({ code: 'busy', outcome: 'not-done' });
    expect(double.seen).toHaveLength(1);
  });

  it('leaves a network alone that does not answer, and tries again later', async () => {
    const layer = http({ tries: 1, breaker: { failures: 2, openMs: 5000, mostMs: 60_000 } });
    double.faults.arm({ times: 2 }, { is: 'cut-before' });
    await failure(layer.fetch(notes()));
    await failure(layer.fetch(notes()));
    const error = await failure(layer.fetch(notes()));
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(double.seen).toHaveLength(2);
    await clock.advance(5000);
    expect((await passing(layer.fetch(notes()))).status).toBe(200);
  });
});

it('leaves it alone no longer for the many requests that were under way when it fell silent', async () => {
  const layer = http({ tries: 1, breaker: { failures: 2, openMs: 5000, mostMs: 300_000 } });
  double.faults.arm({ times: 8 }, { is: 'cut-before' });
  const fallen = await Promise.allSettled(Array.from({ length: 8 }, () => layer.fetch(notes())));
  expect(fallen.map(({ status }) => status)).toEqual(Array(8).fill('rejected'));
  await clock.advance(5000);
  // One goes first and decides; the others are told to come back in a moment.
  const { promise, resolve } = Promise.withResolvers<void>();
  double.faults.arm({}, { is: 'slow', until: promise });
  const first = layer.fetch(notes());
  expect(await layer.fetch(notes()).catch((error: unknown) => error)).toMatchObject({ retryAfterMs: 1000 });
  resolve();
  expect((await first).status).toBe(200);
  expect((await layer.fetch(notes())).status).toBe(200);
});

describe('calling off', () => {
  it('ends at once with the reason, while waiting or while asking', async () => {
    const stop = new AbortController();
    const layer = http({ signal: stop.signal, rules: [{ name: 'all', rate: 1, perMs: 60_000, cost: () => 1 }] });
    await passing(layer.fetch(notes()));
    const waiting = layer.fetch(notes());
    const { promise, resolve } = Promise.withResolvers<void>();
    await settle();
    stop.abort(new DOMException('closing', 'AbortError'));
    await expect(waiting).rejects.toThrow('closing');
    double.faults.arm({}, { is: 'slow', until: promise });
    const called = new AbortController();
    const asking = http().fetch(notes(), { signal: called.signal });
    await settle(20);
    called.abort(new DOMException('enough', 'AbortError'));
    await expect(asking).rejects.toThrow('enough');
    expect(clock.sleeping).toBe(0);
    resolve();
  });
});

it('does not know whether a change was done that was called off on its way, and says so', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  double.faults.arm({}, { is: 'slow', until: promise });
  const stop = new AbortController();
  const layer = http({ signal: stop.signal });
  const asking = layer.call({}, () => layer.fetch(notes(), post('perhaps')));
  const told = expect(asking).rejects.toMatchObject({ code: 'interrupted', outcome: 'unknown' });
  while (double.seen.length === 0) await settle(1);
  stop.abort(new ChannelError('over', 'not-done', 'closing'));
  await told;
  resolve();
});

describe('what is handed on', () => {
  it('streams files as they come, and fails them when they stop coming', async () => {
    const answer = await passing(http().fetch(`${double.address}/file`));
    expect((await passing(answer.arrayBuffer())).byteLength).toBe(200_000);
    double.faults.arm({ path: /file/ }, { is: 'cut-mid-body' });
    const cut = await passing(http().fetch(`${double.address}/file`));
    await expect(passing(cut.arrayBuffer())).rejects.toThrow();
    expect(clock.sleeping).toBe(0);
  });

  it('says so when an answer was understood by nobody, and what was done by then', async () => {
    const layer = http();
    double.faults.arm({}, { is: 'spoilt', change: (body) => body.slice(0, -3) });
    const error = await failure(layer.call({}, async () => (await layer.fetch(notes(), post('done'))).json()));
    expect(error).toMatchObject({ code: 'protocol', outcome: 'unknown' });
    expect(ledger.of('note')).toEqual(['done']);
  });
});

it('logs every try without a token, a body or a value of the query', async () => {
  const lines: string[] = [];
  const write = (message: string, data?: object) => void lines.push(`${message} ${JSON.stringify(data)}`);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const layer = http({ log, shown: ['from'] });
  await passing(
    layer.fetch(`${notes()}?from=12&secret=hush-hush`, { headers: { authorization: 'Bearer tell-nobody' } }),
  );
  await passing(layer.fetch(notes(), post('a private word')));
  await passing(layer.with({ unnamed: true })(`${double.address}/plan-for-ines.pdf`));
  const all = lines.join('\n');
  expect(all).toContain('from=12');
  expect(lines.filter((line) => line.includes('404'))).toHaveLength(1);
  expect(all).toContain('secret=…');
  for (const secret of ['hush-hush', 'tell-nobody', 'private word', 'plan-for']) expect(all).not.toContain(secret);
});
