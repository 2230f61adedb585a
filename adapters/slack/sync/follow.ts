import { ChannelError, type SessionContext } from '../../../src-shared/channel.ts';
import { secretNames } from '../config.ts';
import { appTokenError } from '../login.ts';
import { presenceEvent } from '../map/presence.ts';
import { openSocket, type Socket } from '../socket.ts';
import { AuthTest, ConversationInfo, Presence } from '../wire/answers.ts';
import { Quiet } from '../wire/events.ts';
import { arrive } from './arrive.ts';
import { backoff } from './backoff.ts';
import { type Beside, createBeside } from './beside.ts';
import { createFurther, type Further } from './further.ts';
import { createLive } from './live.ts';
import { catchUp, createPoll, look, type Poll } from './poll.ts';
import { createReads } from './reads.ts';
import { Refresher } from './refresh.ts';
import { Tasks } from './tasks.ts';
import type { Work } from './work.ts';

/** Keeps the account connected until the session is over. */
export interface Follower {
  /** Resolves once the first connection is settled either way. */
  connect(): Promise<void>;
  focus(channel: string | undefined): void;
  /** When Slack is asked next, Unix ms; undefined where it tells by itself. */
  readonly nextLookAt: number | undefined;
  /** Something was refused as if the token were no good: it is asked whether that is so. */
  doubt(): void;
  ended(): Promise<void>;
}
/** A connection that held for so long was a good one: the next is opened at once. Ms. */
const steadyMs = 10_000;
/** How often what the person has in front of them is asked about, for what no event tells. Ms. */
const watchEvery = 60_000;

export function createFollower(context: SessionContext, ready: () => Promise<Work>, over: AbortSignal): Follower {
  const { clock } = context;
  const tasks = new Tasks();
  let focused: string | undefined;
  let refocus = new AbortController();
  let poll: Poll | undefined;
  let current: Beside | undefined;
  let tryToken = (): void => undefined;

  /** Comes back after every trouble but those that do not mend themselves: a token refused, and the end. */
  async function follow(settled: () => void): Promise<void> {
    for (let tries = 0; !over.aborted; tries++) {
      const stretch = new AbortController();
      const signal = AbortSignal.any([over, stretch.signal]);
      try {
        await hold(signal, () => {
          tries = 0;
          context.state({ is: 'online' });
          settled();
        });
      } catch (error) {
        if (over.aborted) return;
        if (isFinal(error)) {
          context.state({ is: 'needs-login', code: error.code, message: error.message });
          return;
        }
        const asked = error instanceof ChannelError ? (error.retryAfterMs ?? 0) : 0;
        const wait = Math.max(asked, backoff(tries, clock.random()));
        const message = error instanceof Error ? error.message : String(error);
        context.state({ is: 'offline', message, retryAt: clock.now() + wait });
        settled();
        await clock.sleep(wait, over).catch(() => undefined);
      } finally {
        stretch.abort();
      }
    }
  }

  /** One stretch of being connected; rejects with what ended it. */
  async function hold(signal: AbortSignal, online: () => void): Promise<never> {
    const work = await ready();
    const further = createFurther(work, () => focused);
    const appToken = await context.secrets.get(secretNames.app);
    const trouble = Promise.withResolvers<never>();
    trouble.promise.catch(() => undefined);
    signal.addEventListener('abort', () => trouble.reject(signal.reason), { once: true });
    const also = (doing: () => Promise<void>): void =>
      tasks.start(doing, (error) => {
        if (!signal.aborted) trouble.reject(error);
      });
    let trying = false;
    tryToken = () => {
      if (trying) return;
      trying = true;
      also(async () => {
        try {
          await work.web.call('auth.test', {}, { answer: AuthTest, signal });
        } catch (error) {
          // Anything else is met by whoever has to do with it.
          if (isFinal(error)) throw error;
        } finally {
          trying = false;
        }
      });
    };
    if (!appToken) {
      await arrive(work);
      online();
      poll = createPoll(work, further, { behind: true });
      poll.focus(focused);
      also(() => work.directory.furnish(signal));
      const polling = poll;
      also(() => polling.run(signal));
      // Every conversation is looked at anyway.
      also(() => watch(work, further, signal, () => undefined));
      return await trouble.promise;
    }
    work.windows.connecting();
    const sockets = listening(work, appToken, signal, (error) => trouble.reject(error), also);
    try {
      // Listening begins before looking, so that nothing falls between.
      await sockets.open();
      await arrive(work);
      online();
      also(() => work.directory.furnish(signal));
      const beside = createBeside(work, further, signal, also, (begun) => begun.focus(focused));
      current = beside;
      beside.listening(sockets.connections);
      // What is delivered again may be gone from Slack meanwhile: looking comes after taking it, or nobody would notice.
      const repair = async (): Promise<void> => {
        await sockets.taken();
        await catchUp(work, further, signal);
      };
      also(repair);
      also(() => sockets.keep(repair, (connections) => beside.listening(connections)));
      const reads = createReads(work);
      also(() => watch(work, further, signal, () => also(() => reads.ask(signal))));
      return await trouble.promise;
    } finally {
      current = undefined;
      await sockets.close();
    }
  }

  /** What no event tells: how far was read elsewhere, and whether the other one in front of the person is there. */
  async function watch(work: Work, further: Further, signal: AbortSignal, others: () => void): Promise<void> {
    for (;;) {
      await clock.sleep(watchEvery, AbortSignal.any([signal, refocus.signal])).catch(() => undefined);
      signal.throwIfAborted();
      refocus = new AbortController();
      // Beside it: what is in front of the person waits for none of the others.
      others();
      if (focused === undefined) continue;
      await look(work, focused, signal);
      await tellPresence(work, focused, signal);
      // What is in front waits for no other conversation.
      await further.step(signal, focused);
    }
  }

  return {
    get nextLookAt() {
      return (poll ?? current?.poll)?.nextLookAt;
    },
    async connect() {
      context.state({ is: 'connecting' });
      await new Promise<void>((resolve) => {
        tasks.start(
          () => follow(resolve).finally(resolve),
          (error) => context.log.error('Following Slack ended', { error }),
        );
        over.addEventListener('abort', () => resolve(), { once: true });
      });
    },
    focus(channel) {
      focused = channel;
      (poll ?? current?.poll)?.focus(channel);
      if (channel !== undefined) refocus.abort();
    },
    doubt: () => tryToken(),
    ended: () => tasks.ended(),
  };
}

const isFinal = (error: unknown): error is ChannelError =>
  error instanceof ChannelError && error.outcome === 'refused' && ['auth', 'scope', 'config'].includes(error.code);

/** Whether the one person of a direct conversation is there. */
async function tellPresence(work: Work, channel: string, signal: AbortSignal): Promise<void> {
  const asked = { signal, background: true };
  try {
    const { channel: conversation } = await work.web.call(
      'conversations.info',
      { channel },
      { answer: ConversationInfo, ...asked },
    );
    if (!conversation.is_im || !conversation.user) return;
    const { presence } = await work.web.call(
      'users.getPresence',
      { user: conversation.user },
      { answer: Presence, ...asked },
    );
    // An app made from an earlier manifest may not ask.
    const quiet = work.web.scopes.includes('dnd:read')
      ? await work.web.call('dnd.info', { user: conversation.user }, { answer: Quiet, ...asked })
      : undefined;
    const event = presenceEvent(conversation.user, presence === 'active', quiet, work.web.now());
    await work.context.emit({ events: [event], origin: 'live' });
  } catch (error) {
    if (!(error instanceof ChannelError) || isFinal(error)) throw error;
  }
}

/** Socket Mode: one connection after the other, each renewed as Slack asks, and every event acknowledged once it is kept. */
function listening(
  work: Work,
  appToken: string,
  signal: AbortSignal,
  failed: (error: unknown) => void,
  also: (doing: () => Promise<void>) => void,
) {
  const live = createLive(work, new Refresher(work, signal, also));
  /** Events are handed in one after the other; each is acknowledged when it is stored, while others are handed in. */
  let queue: Promise<void> = Promise.resolve();
  let acknowledged: Promise<unknown> = Promise.resolve();
  let socket: Socket | undefined;

  async function open(): Promise<void> {
    try {
      socket = await openSocket({
        apiUrl: work.apiUrl,
        appToken,
        web: work.web,
        clock: work.clock,
        log: work.log,
        signal,
        proven: work.context.proven,
        delivered({ body, ack }) {
          queue = queue.then(async () => {
            if (signal.aborted) return;
            try {
              const { stored } = await live.take(body);
              const done = stored.then(() => ack().catch(() => undefined), failed);
              const before = acknowledged;
              acknowledged = done.then(() => before);
            } catch (error) {
              // Not acknowledged, so it will be delivered again.
              failed(error);
            }
          });
        },
      });
    } catch (error) {
      throw appTokenError(error);
    }
  }
  return {
    open,
    get connections() {
      return socket?.connections ?? 1;
    },
    /** Slack renews connections every few hours, and drops one now and then: the next is opened at once. */
    async keep(missed: () => Promise<void>, opened: (connections: number) => void): Promise<void> {
      for (let tries = 0; ; tries++) {
        const since = work.clock.now();
        await socket?.closed;
        signal.throwIfAborted();
        work.windows.connecting();
        if (work.clock.now() - since > steadyMs) tries = 0;
        else await work.clock.sleep(backoff(tries, work.clock.random()), signal);
        await open();
        opened(socket?.connections ?? 1);
        also(missed);
      }
    },
    /** Resolves when everything delivered so far is stored, or the connection has failed. */
    async taken(): Promise<void> {
      await queue;
      await acknowledged;
    },
    async close(): Promise<void> {
      await socket?.close();
      await queue;
      await acknowledged;
    },
  };
}
