import { asUserKey, type SendLimits } from '../../src-shared/model/index.ts';
import { inWords } from '../_kit/limits.ts';

/** "All files uploaded must be under 1 GB" (https://slack.com/help/articles/201330736). */
const largestFile = 1_000_000_000;
/** A message shows at most this many files. */
const mostFiles = 10;
const file = { level: 'full', maxBytes: largestFile, maxCount: mostFiles } as const;

/** What a message to Slack carries. Longer texts are cut by Slack (https://docs.slack.dev/reference/methods/chat.postMessage). */
export const limits: SendLimits = {
  style: 'chat',
  maxText: 40_000,
  formats: { plain: 'full', markdown: 'full', html: 'converted' },
  parts: {
    ...inWords,
    text: { level: 'full' },
    image: file,
    video: file,
    audio: file,
    document: file,
    'link-preview': { level: 'dropped' },
  },
  subject: false,
  recipients: false,
  // Slack answers in threads: an answer goes into the thread of what it answers.
  reply: 'full',
  thread: 'full',
  mentions: 'full',
  mentionsAnybody: true,
  callsMany: [
    { key: asUserKey('!channel'), name: 'channel', reaches: 'everyone' },
    { key: asUserKey('!here'), name: 'here', reaches: 'active' },
  ],
  idempotent: false,
};
