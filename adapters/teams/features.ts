import type { Features, RiskCard } from '../../src-shared/channel.ts';
import type { SendLimits } from '../../src-shared/model/index.ts';
import { inWords } from '../_kit/limits.ts';

export const features = {
  backfill: { scopes: 'conversation' },
  edit: {},
  remove: { scopes: ['everyone'] },
  react: { perUser: 20, emoji: 'any' },
  receipts: { others: false },
  pin: {},
  presence: {},
  search: {},
  contacts: {},
  // https://learn.microsoft.com/en-us/microsoftteams/limits-specifications-teams: 350 people in a chat.
  group: { maxMembers: 350 },
} as const satisfies Partial<Features>;

/** https://learn.microsoft.com/en-us/graph/api/driveitem-createuploadsession: what one file of OneDrive may weigh. Bytes. */
const largestFile = 250 * 1000 ** 3;
/** Files are read into memory before they leave. Bytes. */
const largestSent = 1000 ** 3;
/** The same page of limits: ten files with one message. */
const mostFiles = 10;
const file = { level: 'full', maxBytes: Math.min(largestFile, largestSent), maxCount: mostFiles } as const;

export const send: SendLimits = {
  style: 'chat',
  // https://learn.microsoft.com/en-us/microsoftteams/limits-specifications-teams: about 28 KB with mark-up, mentions and reactions.
  maxText: 20_000,
  formats: { plain: 'full', markdown: 'full', html: 'full' },
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
  // In a chat an answer quotes; in a channel it goes into the thread of what it answers.
  reply: 'full',
  thread: 'full',
  mentions: 'full',
  idempotent: false,
};

export const risk: RiskCard = {
  official: 'official-api',
  needs: [
    'An account of work or school: Microsoft opens Teams to other programs there alone.',
    'An application of your own registered with Microsoft (Entra), with the platform “Mobile and desktop applications” and the redirect http://localhost.',
    'For the login by code: “Allow public client flows” switched on in it.',
    'For channels: the consent of an administrator of the organisation. Chats need none, unless the organisation wants one for every application.',
  ],
  cannot: [
    'Learn of news the moment they come: Carillon looks every 5 to 60 seconds, for Microsoft tells them to servers only.',
    'See who is typing, or who has read a message.',
    'Know how far you have read in a channel; in chats it does.',
    'Make or take calls, or open recordings.',
    'Bring back here a message that was deleted and restored in Teams.',
  ],
  encryption: 'transport',
  limits:
    'Microsoft allows 20 requests a second for an application in an organisation, and one a second for each chat and channel. Its terms want programs not to ask more often than needed: Carillon asks rarer the longer nothing happens.',
};
