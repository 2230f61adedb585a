export { type Live, operationOf } from './live.ts';
export type { AccountRunner } from './runner.ts';
export { type AccountSecrets, accountSecrets } from './secrets.ts';
export { Supervisor } from './supervisor.ts';
