export { Contacts } from './contacts.ts';
export { peopleHandlers } from './handlers.ts';
