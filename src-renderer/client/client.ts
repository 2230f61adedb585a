import type { CallName, ErrorView, Events, Input, Output, Reply, Transport } from '../../src-shared/ipc/index.ts';

/** A call the hub answered with an error; `view.message` is for the person. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly view: ErrorView;
  constructor(view: ErrorView) {
    super(view.message);
    this.view = view;
  }
}

export interface Client {
  /** Rejects with `CallError` alone. */
  call<M extends CallName>(name: M, input: Input<M>): Promise<Output<M>>;
  on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void;
  readonly attachmentUrl: Transport['attachmentUrl'];
}

/** Types laid over an untyped transport; the router on the other side validates by the same contract. */
export function createClient(transport: Transport): Client {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  transport.on((event, payload) => {
    for (const listener of listeners.get(event) ?? []) listener(payload as never);
  });
  return {
    async call<M extends CallName>(name: M, input: Input<M>): Promise<Output<M>> {
      const reply = (await transport.call(name, input)) as Reply<Output<M>>;
      if (!reply.ok) throw new CallError(reply.error);
      return reply.value;
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    attachmentUrl: (attachment) => transport.attachmentUrl(attachment),
  };
}

/** What to tell a person about anything that was thrown. */
export const errorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));
