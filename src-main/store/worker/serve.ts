import { isMainThread, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { explain, StoreError } from '../connection/errors.ts';
import { closing, type Failure, opening, type Request, type Response, type Setup } from './protocol.ts';

export interface Served {
  run(request: Request): unknown;
  /** Does those that join, one or several at once: all of them, or it throws and none is done. */
  readonly together?: {
    joins(request: Request): boolean;
    run(requests: readonly Request[]): readonly unknown[];
  };
  /** Work that comes due with what was done, once those who asked have been answered. */
  readonly after?: () => void;
  /** Work that can wait until nobody asks anything, a few milliseconds of it. Answers whether there is more. */
  readonly idle?: () => boolean;
  close(): void;
}

/** Nobody has asked for so long, ms: what waits may be done. */
const quiet = 250;
/** Between two pieces of it, ms, lest it take a whole core. */
const pause = 10;

/**
 * Serves requests on this worker's port in the order they come: first the one to open, last the one to close. Loading the
 * code goes ahead of opening, so that a reader need not wait for the writer to begin with it.
 */
export function serve(open: (setup: Setup) => Served): void {
  const port = parentPort;
  if (isMainThread || !port) throw new Error('the store serves from a worker only');
  const answer = (response: Response) => port.postMessage(response);
  let served: Served | undefined;
  let waiting: NodeJS.Timeout | undefined;
  const whenIdle = (ms: number) => {
    clearTimeout(waiting);
    const { idle } = served ?? {};
    if (idle)
      waiting = setTimeout(() => {
        if (idle()) whenIdle(pause);
      }, ms);
  };
  const handle = (request: Request) => {
    if (request.name === opening) {
      try {
        served = open(workerData);
        answer({ ready: true });
      } catch (error) {
        answer({ refused: failureOf(error) });
      }
    } else if (request.name === closing) {
      clearTimeout(waiting);
      served?.close();
      served = undefined;
      answer({ id: request.id, output: null });
      port.close();
    } else if (served) respond(served, request, answer);
  };
  port.on('message', (first: Request) => {
    let group: Request[] = [];
    const handleGroup = () => {
      for (const response of served?.together ? allTogether(served.together, group) : []) answer(response);
      group = [];
    };
    let request: Request | undefined = first;
    while (request) {
      if (served?.together?.joins(request)) group.push(request);
      else {
        handleGroup();
        handle(request);
      }
      // What else waits already: only where joining is possible, as order stays the same either way.
      request = served?.together && receiveMessageOnPort(port)?.message;
    }
    handleGroup();
    served?.after?.();
    whenIdle(quiet);
  });
}

function allTogether(together: NonNullable<Served['together']>, requests: readonly Request[]): Response[] {
  if (requests.length === 0) return [];
  try {
    const outputs = together.run(requests);
    return requests.map(({ id }, i) => ({ id, output: outputs[i] }));
  } catch (error) {
    const [only] = requests;
    if (requests.length === 1 && only) return [{ id: only.id, failure: failureOf(error) }];
    // One of them cannot be done: each is tried by itself, and the one at fault says why.
    return requests.flatMap((request) => allTogether(together, [request]));
  }
}

/** What is done at once is answered at once: the next request may be the one to close, after which nothing is answered. */
function respond(served: Served, request: Request, answer: (response: Response) => void): void {
  const { id } = request;
  const failed = (error: unknown) => answer({ id, failure: failureOf(error) });
  try {
    const result = served.run(request);
    if (result instanceof Promise) result.then((output) => answer({ id, output }), failed);
    else answer({ id, output: result });
  } catch (error) {
    failed(error);
  }
}
function failureOf(error: unknown): Failure {
  const known = explain(error);
  const { name, message, stack } = known instanceof Error ? known : new Error(String(known));
  return { name, message, stack, code: known instanceof StoreError ? known.code : undefined };
}
