export { readingHandlers } from './handlers.ts';
