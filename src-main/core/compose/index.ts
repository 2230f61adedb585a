export { composeHandlers } from './handlers.ts';
export { draftOut } from './outgoing.ts';
export { textOf, withWords } from './quote.ts';
export { Sender } from './send.ts';
export { Starter } from './start.ts';
