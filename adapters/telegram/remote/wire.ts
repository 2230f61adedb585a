import { Api, errors, password as srp } from 'teleproto';
import { ChannelError, type Clock } from '../../../src-shared/channel.ts';
import { type App, makeClient } from './client.ts';
import { fromRpc, lost, tooSlow } from './errors.ts';
import type { Place } from './place.ts';
import type { Plain } from './plain.ts';
import { answerOf, type Request, requestOf } from './tl.ts';

export interface CallOptions {
  /** Set where the call changes something: trouble then leaves it unknown whether it did. */
  readonly changes?: boolean;
  readonly signal?: AbortSignal;
  /** How long to wait for an answer, ms. */
  readonly withinMs?: number;
  /** Another data center than the account's, for files. */
  readonly dc?: number;
}
export type Loss = 'closed' | 'key-refused';
/** One connection. It is made once, breaks once, and does not come back by itself. */
export interface Wire {
  /** Calls a method of core.telegram.org/methods. Throws `ChannelError`, or the signal's reason. */
  call(method: string, fields: Readonly<Record<string, unknown>>, options?: CallOptions): Promise<Plain>;
  /** Proof of a password without sending it (core.telegram.org/api/srp), to hand to auth.checkPassword. */
  checkPassword(password: string, signal: AbortSignal): Promise<Plain>;
  /** Settles when the connection is gone, whoever ended it. */
  readonly over: Promise<Loss>;
  place(): Place;
  /** Ends it. Does not throw. */
  close(): Promise<void>;
}
export interface WireOptions {
  readonly app: App;
  readonly place: Place;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly updates: (said: Plain) => void;
}
const patienceMs = 30_000;
const connectMs = 30_000;

/** Connects. Throws `ChannelError`, or the signal's reason; nothing is then left open. */
export async function openWire(options: WireOptions): Promise<Wire> {
  const { app, place, clock, signal } = options;
  signal.throwIfAborted();
  const end = Promise.withResolvers<Loss>();
  const made = await makeClient(app, place, {
    updates: options.updates,
    closed: () => end.resolve(made.refused() ? 'key-refused' : 'closed'),
  });
  const { client } = made;
  const broken = end.promise.then((): never => {
    throw lost(false);
  });
  broken.catch(() => undefined);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= client
      .destroy()
      .catch(() => undefined)
      .then(() => end.resolve(made.refused() ? 'key-refused' : 'closed'));
    return closing;
  };
  const refused = () => fromRpc(401, 'AUTH_KEY_UNREGISTERED', false);

  async function ask(request: Request, { changes = false, withinMs = patienceMs, dc, signal: stop }: CallOptions) {
    stop?.throwIfAborted();
    try {
      return await within(clock, withinMs, changes, stop, async () => {
        const sender = await client.getSender(dc === undefined || dc === client.session.dcId ? 0 : dc);
        // A request given to a connection that has just broken is otherwise never answered.
        return Promise.race([sender.send(request), broken]);
      });
    } catch (cause) {
      stop?.throwIfAborted();
      if (cause instanceof errors.RPCError) throw fromRpc(cause.code ?? 400, cause.errorMessage, changes);
      if (made.refused()) throw refused();
      if (cause instanceof ChannelError && cause.code !== 'network') throw cause;
      throw lost(changes, cause);
    }
  }
  try {
    await within(clock, connectMs, false, signal, () => client.connect());
  } catch (cause) {
    await close();
    signal.throwIfAborted();
    if (cause instanceof ChannelError) throw cause;
    if (made.refused()) throw refused();
    if (cause instanceof errors.RPCError) throw fromRpc(cause.code ?? 400, cause.errorMessage, false);
    throw lost(false, cause);
  }
  return {
    call: async (method, fields, how = {}) => answerOf(await ask(requestOf(method, fields), how)),
    async checkPassword(password, stop) {
      const asked = await ask(new Api.account.GetPassword(), { signal: stop });
      if (!(asked instanceof Api.account.Password)) throw lost(false);
      return answerOf(await srp.computeCheck(asked, password));
    },
    over: end.promise,
    place: made.place,
    close,
  };
}

/** Rejects when it takes too long or is called off; what was asked may still be answered, to nobody. */
async function within<T>(
  clock: Clock,
  ms: number,
  changes: boolean,
  stop: AbortSignal | undefined,
  act: () => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const signal = stop ? AbortSignal.any([over.signal, stop]) : over.signal;
  const late = clock.sleep(ms, signal).then(() => {
    throw tooSlow(changes);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([act(), late]);
  } finally {
    over.abort();
  }
}
