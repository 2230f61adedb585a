export { appHandlers } from './handlers.ts';
