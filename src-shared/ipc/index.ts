export * from './call.ts';
export * from './contract.ts';
export * from './view.ts';
