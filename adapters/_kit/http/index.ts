/** One HTTP layer under every SDK (docs/add-a-channel.md, "Over HTTP"). */
export type { BreakerOptions } from './breaker.ts';
export type { Budget, Pace } from './bucket.ts';
export { type Answer, channelErrorIn, type Refusal } from './errors.ts';
export { type CallOptions, createHttp, type Http, type HttpOptions } from './http.ts';
export type { RequestFacts } from './request.ts';
export type { RateRule } from './rules.ts';
