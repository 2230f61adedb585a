import type { Features } from '../../../src-shared/channel.ts';

export const features = {
  backfill: { scopes: 'account' },
  react: { perUser: 1, emoji: 'any' },
} as const satisfies Partial<Features>;
