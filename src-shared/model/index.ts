export * from '../ids.ts';
export * from './event.ts';
export * from './limits.ts';
export * from './media-of.ts';
export * from './message.ts';
export * from './part.ts';
