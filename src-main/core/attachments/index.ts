export { Attachments, collect, type OpenedAttachment } from './attachments.ts';
export { Blobs } from './blobs.ts';
export { safeName } from './content-type.ts';
export { attachmentHandlers } from './handlers.ts';
export { blobKey } from './key.ts';
export { keepTidy } from './tidy.ts';
