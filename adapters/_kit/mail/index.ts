/** The mail kit: RFC 5322 and MIME to the model and back, for every channel that carries mail. */
export type * from './api.ts';
