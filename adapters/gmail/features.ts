import type { Features, RiskCard } from '../../src-shared/channel.ts';
import { mailLimits } from '../_kit/mail/index.ts';

export const features = {
  backfill: { scopes: 'account' },
  flag: { flags: ['read', 'starred', 'important'] },
  label: { inboxIsLabel: true, create: true, keywords: false },
  remove: { scopes: ['me'] },
  drafts: {},
  search: {},
  contacts: {},
} as const satisfies Partial<Features>;

/**
 * https://support.google.com/mail/answer/6584: 25 MB of files. In base64 that is 34.2 MB, and what `messages.send` takes is
 * 35 MiB (`maxSize` in https://gmail.googleapis.com/$discovery/rest?version=v1). Bytes.
 */
const maxTotalBytes = 25_000_000;
export const send = mailLimits(maxTotalBytes);

export const risk: RiskCard = {
  official: 'official-api',
  needs: [
    'A Google Cloud project of your own with the Gmail API (and, for contacts, the People API) enabled.',
    'An OAuth client of the type “Desktop app” in it: its client ID and client secret.',
    'A consent screen that is “In production”. While it is “Testing”, Google ends every login after 7 days.',
  ],
  cannot: [
    'Take back or edit a mail once it is sent.',
    'Know whether somebody has read a mail.',
    'Learn of new mail the moment it comes: Carillon looks every 2 to 30 seconds.',
    'Open mail that is encrypted with S/MIME or OpenPGP; it is shown as what it is.',
  ],
  encryption: 'transport',
  limits:
    'Google allows a project 6,000 units a minute for each person: about 240 messages of history a minute, while reading, answering and new mail go first. The files of a mail may weigh 25 MB together.',
};
