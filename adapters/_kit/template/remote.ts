import type { z } from 'zod';
import { ChannelError } from '../../../src-shared/channel.ts';
import { Entries, type Entry, Greeting } from './wire.ts';

/** How long the board may keep a question open while nothing happens, ms. */
const waitMs = 20_000;

/** Calls to the board. Each throws `ChannelError`, or the signal's reason when it was called off. */
export interface Remote {
  greet(signal: AbortSignal): Promise<{ name: string; head: number }>;
  /** Entries before `seq`, newest first. */
  before(seq: number, limit: number, signal: AbortSignal): Promise<readonly Entry[]>;
  /** Entries after `seq`, oldest first; waits for one when there is none. */
  after(seq: number, signal: AbortSignal): Promise<readonly Entry[]>;
  /** The board itself drops a second note with the same nonce and answers the first. */
  note(said: string, nonce: string, signal: AbortSignal): Promise<readonly Entry[]>;
  mark(on: number, emoji: string, set: boolean, signal: AbortSignal): Promise<readonly Entry[]>;
}

export function remote(call: typeof fetch, base: string, token: string): Remote {
  /** `changes`: a connection lost on the way leaves it unknown whether the board did it. */
  async function ask<T>(path: string, schema: z.ZodType<T>, signal: AbortSignal, changes?: object): Promise<T> {
    let answer: Response;
    try {
      answer = await call(new URL(path, base), {
        method: changes ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${token}`, ...(changes ? { 'content-type': 'application/json' } : {}) },
        ...(changes ? { body: JSON.stringify(changes) } : {}),
        redirect: 'error',
        signal,
      });
    } catch (cause) {
      signal.throwIfAborted();
      throw new ChannelError('network', changes ? 'unknown' : 'not-done', 'The board cannot be reached.', { cause });
    }
    if (answer.ok) return schema.parse(await answer.json());
    await answer.body?.cancel();
    throw refusal(answer.status, Number(answer.headers.get('retry-after')));
  }
  return {
    greet: (signal) => ask('/greeting', Greeting, signal),
    before: (seq, limit, signal) => ask(`/log?before=${seq}&limit=${limit}`, Entries, signal),
    after: (seq, signal) => ask(`/log?after=${seq}&wait=${waitMs}`, Entries, signal),
    note: (said, nonce, signal) => ask('/notes', Entries, signal, { said, nonce }),
    mark: (on, emoji, set, signal) => ask('/marks', Entries, signal, { on, emoji, set }),
  };
}

/** RFC 9110 sections 10.2.3 (Retry-After), 15.5 and 15.6. */
function refusal(status: number, retryAfterSeconds: number): ChannelError {
  switch (true) {
    case status === 401:
      return new ChannelError('auth', 'refused', 'The board does not know this token.');
    case status === 429:
      return new ChannelError('busy', 'not-done', 'The board asks for patience.', {
        retryAfterMs: (retryAfterSeconds || 5) * 1000,
      });
    case status >= 500:
      return new ChannelError('server', 'unknown', `The board is in trouble (${status}).`);
    default:
      return new ChannelError('refused', 'refused', `The board refused (${status}).`);
  }
}
