import type { Reply, Transport } from '../../src-shared/ipc/index.ts';

/** What the preload script leaves on the page: two generic functions. */
export interface Bridge {
  call(name: string, input: unknown): Promise<Reply<unknown>>;
  on(listener: (event: string, payload: unknown) => void): () => void;
}
declare global {
  interface Window {
    readonly carillon?: Bridge;
  }
}

export const preloadTransport = (bridge: Bridge): Transport => ({
  call: (name, input) => bridge.call(name, input),
  on: (listener) => bridge.on(listener),
  attachmentUrl: (attachment) => `carillon://app/attachment/${attachment}`,
});
