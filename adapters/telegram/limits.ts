import type { SendLimits } from '../../src-shared/model/index.ts';
import { inWords } from '../_kit/limits.ts';

/** core.telegram.org/api/files: "2 GB" for everyone, in parts of at most 512 KB. */
const fileBytes = 2000 * 1024 * 1024;
/** core.telegram.org/method/messages.sendMedia (PHOTO_INVALID_DIMENSIONS): photos above ten megabytes go as files. */
const photoBytes = 10 * 1024 * 1024;

/** core.telegram.org/api/config#message-length-max: 4096 characters, ten pieces in an album. */
export const limits: SendLimits = {
  style: 'chat',
  maxText: 4096,
  formats: { plain: 'full', markdown: 'full', html: 'converted' },
  parts: {
    ...inWords,
    text: { level: 'full' },
    image: { level: 'full', maxBytes: photoBytes, maxCount: 10 },
    video: { level: 'full', maxBytes: fileBytes, maxCount: 10 },
    audio: { level: 'full', maxBytes: fileBytes, maxCount: 10 },
    document: { level: 'full', maxBytes: fileBytes, maxCount: 10 },
    location: { level: 'full', maxCount: 1 },
    contact: { level: 'full', maxCount: 1 },
    poll: { level: 'full', maxCount: 1 },
    'link-preview': { level: 'dropped' },
  },
  subject: false,
  recipients: false,
  reply: 'full',
  thread: 'dropped',
  mentions: 'full',
  idempotent: true,
};
