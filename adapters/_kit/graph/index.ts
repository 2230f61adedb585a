/** Microsoft Graph for every channel of Microsoft's: login, requests, pages, refusals (docs/decisions/graph-over-fetch.md). */
export { atMost } from './at-most.ts';
export type { ClientStep } from './client.ts';
export { refusal, stateAfter } from './errors.ts';
export { type Ask, type Graph, type GraphOptions, openGraph } from './graph.ts';
export { type GraphLogin, graphLogin } from './login.ts';
export { GraphConfig, graphRoot, providerOf, readConfig, readServer, wordsOfScope } from './provider.ts';
