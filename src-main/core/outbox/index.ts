export { outboxHandlers, unsentOf } from './handlers.ts';
export { Outbox } from './runner.ts';
