export { parse } from './parse.ts';
export * from './query.ts';
export { indexText, isUnspaced, wordsOf } from './words.ts';
