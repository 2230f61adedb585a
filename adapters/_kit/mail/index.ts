/** The mail kit: RFC 5322 and MIME to the model and back, for every channel that carries mail. */

export { parseAddresses } from './addresses.ts';
export type * from './api.ts';
export { chunks } from './chunks.ts';
export { composeMail, isAddress } from './compose.ts';
export { parseDate } from './date.ts';
export { contentKeyOf, messageKeyOf } from './key.ts';
export { linksOf } from './links.ts';
export { toIncoming } from './map.ts';
export { refOf } from './media.ts';
export { openPart } from './open.ts';
export { forMailbox, outgoingFiles, senderOf } from './outgoing.ts';
export { fromPieces, parseMail } from './parse.ts';
export { createMailParser } from './parser.ts';
export { type MailWorking, polledMail, sessionOf } from './polled.ts';
export { mailLimits } from './sending.ts';
export { holdParser } from './shared.ts';
export { withMedia } from './with-media.ts';
export { decodeWords } from './words.ts';
