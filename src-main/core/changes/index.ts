export { Changes, type Listener } from './changes.ts';
export { publishing } from './publishing.ts';
