import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { explain, StoreError } from '../connection/errors.ts';
import { closing, type Failure, type Request, type Response, type Setup } from './protocol.ts';

export interface Served {
  run(request: Request): unknown;
  close(): void;
}

/** Serves requests on this worker's port, in the order they come, until asked to close. */
export function serve(open: (setup: Setup) => Served): void {
  const port = parentPort;
  if (isMainThread || !port) throw new Error('the store serves from a worker only');
  const answer = (response: Response) => port.postMessage(response);
  const setup: Setup = workerData;
  let served: Served;
  try {
    served = open(setup);
  } catch (error) {
    answer({ refused: failureOf(error) });
    port.close();
    return;
  }
  port.on('message', (request: Request) => {
    if (request.name === closing) {
      served.close();
      answer({ id: request.id, output: null });
      port.close();
      return;
    }
    void respond(served, request).then(answer);
  });
  answer({ ready: true });
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
