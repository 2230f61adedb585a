export { actionHandlers, archiveConversation } from './handlers.ts';
export { Snooze } from './snooze.ts';
export { Triage } from './triage.ts';
