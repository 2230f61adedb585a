import type { SendLimits } from '../../../src-shared/model/index.ts';
import { inWords } from '../limits.ts';

/** What a mail carries, of whatever provider: files as they are, anything else in words. `maxTotalBytes` of all files together. */
export function mailLimits(maxTotalBytes: number): SendLimits {
  const attachment = { level: 'full', maxBytes: maxTotalBytes } as const;
  return {
    style: 'mail',
    maxText: 0,
    formats: { plain: 'full', markdown: 'converted', html: 'full' },
    parts: {
      ...inWords,
      text: { level: 'full' },
      image: attachment,
      video: attachment,
      audio: attachment,
      document: attachment,
      'link-preview': { level: 'converted' },
    },
    subject: true,
    recipients: true,
    reply: 'full',
    thread: 'full',
    mentions: 'dropped',
    maxTotalBytes,
    idempotent: false,
  };
}
