export { composeHandlers } from './handlers.ts';
export { draftOut } from './outgoing.ts';
export { textOf } from './quote.ts';
export { Sender } from './send.ts';
export { Starter } from './start.ts';
