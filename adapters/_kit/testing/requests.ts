import diagnostics from 'node:diagnostics_channel';
import { settle } from './clock.ts';

/** Requests of this process that were made by `fetch` and have not come to an end (undici, docs/api/DiagnosticsChannel.md). */
const underWay = new Set<unknown>();
const on = (channel: string, told: (request: unknown) => void): void =>
  diagnostics.subscribe(`undici:request:${channel}`, (message) => {
    if (typeof message === 'object' && message !== null && 'request' in message) told(message.request);
  });
on('create', (request) => underWay.add(request));
on('trailers', (request) => underWay.delete(request));
on('error', (request) => underWay.delete(request));

/**
 * Resolves once this process has asked nobody anything for so many turns in a row, or `over` holds. How long an answer takes
 * is the machine's matter: where fake time goes on meanwhile, a busy one runs into limits that nobody meant.
 */
export async function nothingAsked(turns: number, over: () => boolean = () => false): Promise<void> {
  for (let quiet = 0; quiet < turns && !over(); quiet = underWay.size === 0 ? quiet + 1 : 0) await settle(1);
}
