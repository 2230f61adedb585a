export { exportTo } from './export.ts';
export { type Entry, readJsonLine } from './jsonl.ts';
