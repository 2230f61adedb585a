export { searchHandlers } from './elsewhere.ts';
