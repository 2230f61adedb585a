export { Contacts } from './contacts.ts';
export { peopleHandlers } from './handlers.ts';
export { Pictures } from './pictures.ts';
export { Presence } from './presence.ts';
