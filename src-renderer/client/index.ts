import type { Transport } from '../../src-shared/ipc/index.ts';
import { preloadTransport } from './preload.ts';
import { socketTransport } from './socket.ts';

export { CallError, type Client, createClient, errorMessage } from './client.ts';

/** The preload bridge where there is one, else the host this page came from. */
export function hostTransport(): Transport {
  if (window.carillon) return preloadTransport(window.carillon);
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return socketTransport(`${scheme}://${location.host}/socket`);
}
