/**
 * What crosses between windows and the hub, an area a file: the calls with the schemas of what goes in, and the views,
 * which are what comes out, plain JSON.
 */
export * from './accounts.ts';
export * from './actions.ts';
export * from './app.ts';
export * from './archives.ts';
export * from './changes.ts';
export * from './compose.ts';
export * from './compose.ts';
export * from './contract.ts';
export * from './conversation.ts';
export * from './drafts.ts';
export * from './events.ts';
export * from './files.ts';
export * from './inbox.ts';
export * from './labels.ts';
export * from './messages.ts';
export * from './notifications.ts';
export * from './outbox.ts';
export * from './people.ts';
export * from './person-ref.ts';
export * from './privacy.ts';
export * from './search.ts';
export * from './settings.ts';
export * from './shell.ts';
export * from './transport.ts';
export * from './triage.ts';
