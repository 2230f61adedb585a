import type { SendLimits } from '../../../src-shared/model/index.ts';

/** What a mail carries, of whatever provider: files as they are, anything else in words. `maxTotalBytes` of all files together. */
export function mailLimits(maxTotalBytes: number): SendLimits {
  const attachment = { level: 'full', maxBytes: maxTotalBytes } as const;
  const inWords = { level: 'converted' } as const;
  return {
    style: 'mail',
    maxText: 0,
    formats: { plain: 'full', markdown: 'converted', html: 'full' },
    parts: {
      text: { level: 'full' },
      image: attachment,
      video: attachment,
      audio: attachment,
      document: attachment,
      sticker: inWords,
      location: inWords,
      address: inWords,
      contact: inWords,
      poll: inWords,
      'link-preview': inWords,
      buttons: inWords,
      list: inWords,
      carousel: inWords,
      template: inWords,
      form: inWords,
      product: inWords,
      'calendar-event': inWords,
      story: inWords,
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
