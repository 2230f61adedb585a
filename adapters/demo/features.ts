import type { Features } from '../../src-shared/channel.ts';

/** What the pretend networks can do, all of them alike. */
export const features = {
  backfill: { scopes: 'account' },
  edit: { maxAgeMs: 48 * 3_600_000 },
  remove: { scopes: ['me', 'everyone'] },
  react: { perUser: 5, emoji: 'any' },
  receipts: { others: true },
  flag: { flags: ['read', 'starred', 'answered', 'forwarded', 'important'] },
  label: { inboxIsLabel: true, create: true, keywords: false },
  archive: {},
  mute: {},
  pin: {},
  typing: { refreshMs: 4000 },
  presence: {},
  drafts: {},
  search: {},
  contacts: {},
  group: { maxMembers: 50 },
} as const satisfies Partial<Features>;
