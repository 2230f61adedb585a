export { Directory } from './directory.ts';
export { accountHandlers } from './handlers.ts';
