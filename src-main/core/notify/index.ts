export { Focus, notify } from './notify.ts';
