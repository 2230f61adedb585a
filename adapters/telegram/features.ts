import type { Features } from '../../src-shared/channel.ts';

export const features = {
  backfill: { scopes: 'conversation' },
  // core.telegram.org/method/messages.editMessage: up to 48 hours, where the group does not say otherwise.
  edit: { maxAgeMs: 48 * 3_600_000 },
  remove: { scopes: ['me', 'everyone'] },
  react: { perUser: 1, emoji: 'any' },
  receipts: { others: true },
  archive: {},
  mute: {},
  pin: {},
  press: {},
  typing: { refreshMs: 5000 },
  presence: {},
  search: {},
  contacts: {},
  group: { maxMembers: 200 },
} as const satisfies Partial<Features>;
