import type { ChannelEntry } from '../../src-shared/channel.ts';

/** Every channel of the product. Its code is loaded when an account needs it, so that start-up pays for none unused. */
export const channels: readonly ChannelEntry[] = [
  { id: 'email', load: async () => (await import('../../adapters/email/index.ts')).default },
  { id: 'gmail', load: async () => (await import('../../adapters/gmail/index.ts')).default },
  { id: 'outlook', load: async () => (await import('../../adapters/outlook/index.ts')).default },
  { id: 'slack', load: async () => (await import('../../adapters/slack/index.ts')).default },
  { id: 'telegram', load: async () => (await import('../../adapters/telegram/index.ts')).default },
  { id: 'teams', load: async () => (await import('../../adapters/teams/index.ts')).default },
  { id: 'archive', load: async () => (await import('../../adapters/archive/index.ts')).default },
  { id: 'demo', load: async () => (await import('../../adapters/demo/index.ts')).default },
];
