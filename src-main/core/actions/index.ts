export { actionHandlers, archiveConversation } from './handlers.ts';
export { Snooze } from './snooze.ts';
