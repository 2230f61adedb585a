export { draftHandlers } from './handlers.ts';
export { DraftKeeper } from './keeper.ts';
