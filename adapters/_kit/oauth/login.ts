import {
  ChannelError,
  type LoginAnswers,
  type LoginDone,
  type LoginEnvironment,
  type LoginStep,
  type Secrets,
} from '../../../src-shared/channel.ts';

/** What comes of a step, or of several one after the other. */
export type Steps<T> = AsyncGenerator<LoginStep, T, LoginAnswers>;

/**
 * Asks what it takes to begin, and goes on with it until that ends in an account. What went wrong on the way leads back to
 * the questions, in words for the person; `wordsFor` finds better ones than the error's own.
 */
export async function* untilLoggedIn<Asked>(
  { log, signal }: Pick<LoginEnvironment, 'log' | 'signal'>,
  first: Asked,
  {
    ask,
    goOn,
    wordsFor = ({ message }) => message,
  }: {
    /** `before`: what was answered the last time; `error`: what was wrong with it. */
    ask(before: Asked, error: string | undefined): Steps<Asked>;
    goOn(asked: Asked): Steps<LoginDone>;
    wordsFor?(cause: ChannelError): string;
  },
): Steps<LoginDone> {
  let asked = first;
  let error: string | undefined;
  for (;;) {
    asked = yield* ask(asked, error);
    try {
      return yield* goOn(asked);
    } catch (cause) {
      if (signal.aborted || !(cause instanceof ChannelError)) throw cause;
      log.info('login did not work', { code: cause.code });
      error = wordsFor(cause);
    }
  }
}

/** Secrets of an account that is not there yet: whoever uses them may renew them, and `all` has the last. */
export function holdSecrets(first: Readonly<Record<string, string>>): Secrets & { all(): Record<string, string> } {
  const held = new Map(Object.entries(first));
  return {
    get: async (name) => held.get(name),
    set: async (name, value) => void held.set(name, value),
    all: () => Object.fromEntries(held),
  };
}
