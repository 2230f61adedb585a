import type { AttachmentView, MessageView } from '../../../../src-shared/ipc/index.ts';
import type { Media } from '../../../../src-shared/model/index.ts';

/** The attachment that holds a part's bytes; undefined until the message has been stored with it. */
export const attachmentOf = (message: MessageView, media: Media | undefined): AttachmentView | undefined =>
  media && message.attachments.find((attachment) => attachment.ref === media.ref);
