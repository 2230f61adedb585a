export { errandOfCall, onErrand } from './errand.ts';
export { HostLog } from './hosts.ts';
