import type { Features, RiskCard } from '../../src-shared/channel.ts';
import { mailLimits } from '../_kit/mail/index.ts';

export const features = {
  backfill: { scopes: 'label' },
  flag: { flags: ['read', 'starred', 'answered', 'forwarded', 'draft', 'important'] },
  label: { inboxIsLabel: true, create: true, keywords: true },
  remove: { scopes: ['me'] },
  drafts: {},
} as const satisfies Partial<Features>;

/** What providers take on the whole; the server's own SIZE (RFC 1870) is the last word when sending. */
const maxTotalBytes = 25 * 1024 * 1024;
export const send = mailLimits(maxTotalBytes);

export const risk: RiskCard = {
  official: 'open-standard',
  needs: [
    'A mailbox that other programs may read over IMAP; some providers want this switched on in their settings.',
    'With most large providers an app password, made on their security page: your usual password will not do.',
  ],
  cannot: [
    'Take back or edit a mail once it is sent.',
    'Know whether somebody has read a mail.',
    'Open mail that is encrypted with S/MIME or OpenPGP; it is shown as what it is.',
  ],
  encryption: 'transport',
  limits:
    'Providers limit connections at once (Carillon uses two, three while an attachment loads), the size of a mail (often 25 MB) and how many you may send a day.',
};
