import type { Features } from '../../src-shared/channel.ts';

export const features = {
  backfill: { scopes: 'conversation' },
  edit: {},
  remove: { scopes: ['everyone'] },
  react: { perUser: 23, emoji: 'any' },
  receipts: { others: false },
  pin: {},
  presence: {},
  search: {},
  contacts: {},
  group: {},
} as const satisfies Partial<Features>;
