export { readingHandlers } from './handlers.ts';
export { memberHandlers } from './members.ts';
