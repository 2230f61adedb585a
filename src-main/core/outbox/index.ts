export { outboxHandlers, unsentOf } from './handlers.ts';
export { put } from './put.ts';
export { Outbox } from './runner.ts';
