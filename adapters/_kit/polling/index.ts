/** Networks that are asked for news, rather than ones that tell: how often, and the session that does it. */
export { type Pace, type PaceOptions, pace } from './pace.ts';
export { type Following, type Polling, polling } from './session.ts';
