export { Focus } from './focus.ts';
export { Notifier } from './notify.ts';
