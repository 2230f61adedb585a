import type { Features, RiskCard } from '../../src-shared/channel.ts';
import { mailLimits } from '../_kit/mail/index.ts';

export const features = {
  backfill: { scopes: 'account' },
  flag: { flags: ['read', 'starred', 'important'] },
  label: { inboxIsLabel: true, create: true, keywords: true },
  remove: { scopes: ['me'] },
  drafts: {},
  search: {},
  contacts: {},
} as const satisfies Partial<Features>;

/** https://learn.microsoft.com/en-us/graph/outlook-large-attachments: 150 MB by upload. Bytes. */
const maxBytes = 150 * 1024 * 1024;
export const send = mailLimits(maxBytes);

export const risk: RiskCard = {
  official: 'official-api',
  needs: [
    'An application of your own registered with Microsoft (Entra), for accounts of any kind, with the platform “Mobile and desktop applications” and the redirect http://localhost.',
    'For the login by code: “Allow public client flows” switched on in it.',
    'In an organisation, perhaps the consent of an administrator; they see which access is asked for.',
  ],
  cannot: [
    'Take back or edit a mail once it is sent.',
    'Know whether somebody has read a mail.',
    'Learn of new mail the moment it comes: Carillon looks every 5 to 60 seconds.',
    'Open mail that is encrypted with S/MIME, OpenPGP or Microsoft’s own rights management; it is shown as what it is.',
    'Open mailboxes shared with you, or the archive mailbox of an organisation.',
  ],
  encryption: 'transport',
  limits:
    'Microsoft allows 10,000 requests in ten minutes and four at once for each mailbox. How large a mail may be is up to the organisation; 150 MB at most.',
};
