export { Contacts } from './contacts.ts';
export { peopleHandlers } from './handlers.ts';
export { Presence } from './presence.ts';
