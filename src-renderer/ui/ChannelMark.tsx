import { Archive, Hash, Headset, Mail, MessageCircle, Rss, Users, Waypoints } from 'lucide-react';
import type { ConversationKind } from '../../src-shared/ipc/index.ts';

const icons = {
  thread: Mail,
  direct: MessageCircle,
  group: Users,
  channel: Hash,
  support: Headset,
  feed: Rss,
} as const;
/** What sort of conversation it is, in the colour of its account. Decorative. */
export function KindMark({ kind, colour }: { kind: ConversationKind; colour: string | undefined }) {
  const Icon = icons[kind];
  return <Icon className="kind-mark" aria-hidden="true" style={{ color: colour }} />;
}

const channels: Readonly<Record<string, typeof Mail>> = { email: Mail, archive: Archive };
export function ChannelMark({ channel }: { channel: string }) {
  const Icon = channels[channel] ?? Waypoints;
  return <Icon aria-hidden="true" />;
}
