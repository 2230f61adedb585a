export { outboxHandlers } from './handlers.ts';
export { Outbox } from './runner.ts';
