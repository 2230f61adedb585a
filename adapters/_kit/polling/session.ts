import { type Batch, ChannelError, type ConnectionState, type SessionContext } from '../../../src-shared/channel.ts';
import type { Pace } from './pace.ts';

/** What a session does from its first look to its end. */
export interface Following {
  /** What is said meanwhile: "Opening the mailbox". */
  readonly opening: string;
  /** What failed when an error says nothing for people: "Reading the mailbox". */
  readonly reading: string;
  /** Tells the setting and catches up; what it rejects with ends the session. */
  arrive(signal: AbortSignal): Promise<void>;
  /** Looks for news. Answers whether there were any. */
  look(signal: AbortSignal): Promise<boolean>;
  /** What a session that ended so tells of itself. `now`: Unix ms. */
  stateAfter(error: ChannelError, now: number): ConnectionState;
}
export interface Polling {
  readonly over: AbortSignal;
  /** The session's context; once it is over nothing is emitted by it any more. */
  readonly context: SessionContext;
  /** `Session.connect` for what is followed. */
  follow(what: Following): (signal: AbortSignal) => Promise<void>;
  /** Ends it. Resolves when nothing is under way. */
  end(): Promise<void>;
}

/** Opens once, then looks at its pace until it is over, or until trouble that outlasts the retries of single requests: then the supervisor opens another session. */
export function polling(outer: SessionContext, looks: Pace): Polling {
  const over = new AbortController();
  const { signal } = over;
  const ended = () => new ChannelError('over', 'not-done', 'The account is being closed.');
  const context: SessionContext = {
    ...outer,
    get account() {
      return outer.account;
    },
    emit: (batch: Batch) => (signal.aborted ? Promise.reject(ended()) : outer.emit(batch)),
    proven: () => {
      if (!signal.aborted) outer.proven();
    },
  };
  let following: Promise<void> = Promise.resolve();

  async function run(what: Following, settled: () => void): Promise<void> {
    try {
      context.state({ is: 'connecting', doing: what.opening });
      await what.arrive(signal);
      signal.throwIfAborted();
      context.state({ is: 'online' });
      settled();
      for (;;) {
        await looks.next(signal);
        if (await what.look(signal)) looks.happened();
      }
    } catch (cause) {
      if (signal.aborted) return;
      const error =
        cause instanceof ChannelError
          ? cause
          : new ChannelError('internal', 'not-done', `${what.reading} failed: ${String(cause)}`, { cause });
      context.log.info('connection ended', { code: error.code });
      context.state(what.stateAfter(error, context.clock.now()));
    }
  }
  return {
    over: signal,
    context,
    follow: (what) => async (outside) => {
      const end = () => over.abort(ended());
      if (outside.aborted) end();
      outside.addEventListener('abort', end, { once: true });
      if (signal.aborted) return;
      await new Promise<void>((resolve) => {
        following = run(what, resolve).finally(resolve);
      });
    },
    async end() {
      over.abort(ended());
      await following;
    },
  };
}
