export { parse } from './parse.ts';
export * from './query.ts';
export { indexText, wordsOf } from './words.ts';
