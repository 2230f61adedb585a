export { Focus, Notifier } from './notify.ts';
