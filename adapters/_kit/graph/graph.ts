import type { z } from 'zod';
import { ChannelError, type Clock, type Log, type Secrets } from '../../../src-shared/channel.ts';
import { type Budget, type CallOptions, createHttp, type RateRule } from '../http/index.ts';
import { createTokenKeeper, type OAuthProvider } from '../oauth/index.ts';
import { atMost } from './at-most.ts';
import { refusal } from './errors.ts';

export interface GraphOptions {
  /** Its name in messages to the person. */
  readonly vendor: string;
  readonly root: string;
  readonly provider: OAuthProvider;
  /** Unique over the process: one account, one refresh at a time. */
  readonly lock: string;
  readonly rules: readonly RateRule[];
  /** Requests under way at once. */
  readonly atOnce: number;
  /** `Prefer` of every request. */
  readonly prefer: readonly string[];
  readonly secrets: Secrets;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}
/** One request. */
export interface Ask {
  /** GET unless said otherwise. */
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the root, its segments encoded; or a link Graph itself has handed out. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** MIME in base64, which Graph takes as `text/plain`. */
  readonly mime?: string;
  readonly prefer?: readonly string[];
}
export interface Graph {
  /** Throws `ChannelError`, `protocol` for an answer that is not of this shape, or the signal's reason. */
  ask<S extends z.ZodType>(schema: S, ask: Ask, call: CallOptions): Promise<z.infer<S>>;
  /** The same where the answer does not matter. */
  tell(ask: Ask, call: CallOptions): Promise<void>;
  bytes(ask: Ask, call: CallOptions): Promise<Uint8Array>;
  /** The same as they come, for what may be large. Reading throws `ChannelError` when they stop coming. */
  stream(ask: Ask, call: CallOptions): Promise<AsyncIterable<Uint8Array>>;
  /** The whole address of what lies below the root, as Graph wants one thing to name another (`@odata.bind`). */
  address(path: string): string;
  /**
   * One piece of an upload session: its address is the credential, so no token goes with it. Answers what the last one
   * made, where that is told.
   */
  piece(
    url: string,
    bytes: Uint8Array<ArrayBuffer>,
    range: { start: number; total: number },
    call: CallOptions,
  ): Promise<unknown>;
  budget(): readonly Budget[];
  settled(): Promise<void>;
}

const shown = ['$select', '$top', '$orderby'];

export function openGraph(options: GraphOptions): Graph {
  const { vendor, root, clock, log, signal, secrets } = options;
  const http = createHttp({ vendor, fetch: options.fetch, clock, log, signal, rules: options.rules, refusal, shown });
  const keeper = createTokenKeeper({
    provider: async () => options.provider,
    secrets,
    http,
    clock,
    log,
    lock: options.lock,
  });
  const bearer = keeper.bearer(http.fetch);
  const turn = atMost(options.atOnce);

  /** Links in an answer are followed to Graph alone: they get the person's token. */
  function urlOf({ path, query = {} }: Ask): string {
    const url = new URL(/^https?:/.test(path) ? path : `${root}${path}`);
    if (url.origin !== new URL(root).origin)
      throw new ChannelError('protocol', 'not-done', `${vendor} pointed to another server.`);
    // By hand: Graph wants its `$` and takes `+` for a plus, not for a blank.
    const added = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return added.length === 0 ? url.href : `${url.href}${url.search === '' ? '?' : '&'}${added.join('&')}`;
  }
  async function send(ask: Ask): Promise<Response> {
    const headers = new Headers({ prefer: [...options.prefer, ...(ask.prefer ?? [])].join(', ') });
    if (ask.json !== undefined) headers.set('content-type', 'application/json');
    if (ask.mime !== undefined) headers.set('content-type', 'text/plain');
    const body = ask.mime ?? (ask.json === undefined ? undefined : JSON.stringify(ask.json));
    const response = await bearer(urlOf(ask), {
      method: ask.method ?? 'GET',
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return await well(response);
  }
  /** What a login that has ended keeps from being done is done after the next one: it is put off, not refused. */
  async function asked<T>(call: CallOptions, work: () => Promise<T>): Promise<T> {
    try {
      return await turn(() => http.call(call, work));
    } catch (error) {
      if (!(error instanceof ChannelError) || error.code !== 'auth') throw error;
      throw new ChannelError(error.code, 'not-done', error.message, { cause: error });
    }
  }
  async function* coming(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      throw new ChannelError('network', 'not-done', `${vendor} broke off in the middle of a file.`, { cause });
    }
  }
  return {
    async ask(schema, ask, call) {
      const data: unknown = await asked(call, async () => (await send(ask)).json());
      const read = schema.safeParse(data);
      if (read.success) return read.data;
      const doubtful = (ask.method ?? 'GET') !== 'GET' && call.repeatable !== true;
      throw new ChannelError(
        'protocol',
        doubtful ? 'unknown' : 'not-done',
        `${vendor} answered something unexpected.`,
        {
          cause: read.error,
        },
      );
    },
    async tell(ask, call) {
      await asked(call, async () => void (await (await send(ask)).arrayBuffer()));
    },
    async bytes(ask, call) {
      return await asked(call, async () => new Uint8Array(await (await send(ask)).arrayBuffer()));
    },
    async stream(ask, call) {
      const { body } = await asked(call, () => send(ask));
      return body === null ? nothing() : coming(body);
    },
    async piece(url, bytes, { start, total }, call) {
      const headers = { 'content-range': `bytes ${start}-${start + bytes.byteLength - 1}/${total}` };
      return await asked(call, async () => {
        const response = await well(await http.fetch(url, { method: 'PUT', headers, body: bytes }));
        const text = await response.text();
        return text === '' ? undefined : (JSON.parse(text) as unknown);
      });
    },
    address: (path) => urlOf({ path }),
    budget: http.budget,
    settled: keeper.settled,
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** `http.call` knows what a refusal means; this only ends the call. */
async function well(response: Response): Promise<Response> {
  if (response.ok) return response;
  await response.body?.cancel();
  throw new Error(`answered with ${response.status}`);
}
