import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { explain, StoreError } from '../connection/errors.ts';
import { closing, type Failure, opening, type Request, type Response, type Setup } from './protocol.ts';

export interface Served {
  run(request: Request): unknown;
  close(): void;
}

/**
 * Serves requests on this worker's port in the order they come: first the one to open, last the one to close. Loading the
 * code goes ahead of opening, so that a reader need not wait for the writer to begin with it.
 */
export function serve(open: (setup: Setup) => Served): void {
  const port = parentPort;
  if (isMainThread || !port) throw new Error('the store serves from a worker only');
  const answer = (response: Response) => port.postMessage(response);
  let served: Served | undefined;
  port.on('message', (request: Request) => {
    if (request.name === opening) {
      try {
        served = open(workerData);
        answer({ ready: true });
      } catch (error) {
        answer({ refused: failureOf(error) });
      }
    } else if (request.name === closing) {
      served?.close();
      answer({ id: request.id, output: null });
      port.close();
    } else if (served) void respond(served, request).then(answer);
  });
}

async function respond(served: Served, request: Request): Promise<Response> {
  try {
    const result = served.run(request);
    return { id: request.id, output: result instanceof Promise ? await result : result };
  } catch (error) {
    return { id: request.id, failure: failureOf(error) };
  }
}
function failureOf(error: unknown): Failure {
  const known = explain(error);
  const { name, message, stack } = known instanceof Error ? known : new Error(String(known));
  return { name, message, stack, code: known instanceof StoreError ? known.code : undefined };
}
