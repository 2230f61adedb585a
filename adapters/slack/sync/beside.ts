import type { Further } from './further.ts';
import { createPoll, type Poll } from './poll.ts';
import type { Work } from './work.ts';

/**
 * Slack hands each event to one connection of an app alone
 * (https://docs.slack.dev/apis/events-api/using-socket-mode#connections): where another machine listens with the same app,
 * a part of what happens is told to that one. Then the conversations are looked at beside listening.
 */
export interface Beside {
  /** How many listen, as Slack said when the newest connection was opened. */
  listening(connections: number): void;
  readonly poll: Poll | undefined;
}
export function createBeside(
  work: Work,
  further: Further,
  signal: AbortSignal,
  also: (doing: () => Promise<void>) => void,
  begun: (poll: Poll) => void,
): Beside {
  let held: { readonly poll: Poll; readonly stop: AbortController } | undefined;
  return {
    get poll() {
      return held?.poll;
    },
    listening(connections) {
      const shared = connections > 1;
      work.windows.shared = shared;
      if (!shared) {
        held?.stop.abort();
        held = undefined;
      }
      if (!shared || held) return;
      work.log.info('Another program listens with the same app', { connections });
      const stop = new AbortController();
      const poll = createPoll(work, further, { behind: false });
      held = { poll, stop };
      begun(poll);
      also(() =>
        poll.run(AbortSignal.any([signal, stop.signal])).catch((error: unknown) => {
          if (!stop.signal.aborted || signal.aborted) throw error;
        }),
      );
    },
  };
}
