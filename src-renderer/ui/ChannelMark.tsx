import {
  Archive,
  AtSign,
  Compass,
  Hash,
  Headset,
  Mail,
  Mails,
  MessageCircle,
  Presentation,
  Rss,
  Send,
  Users,
  Waypoints,
} from 'lucide-react';
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

/** Signs of our own for what people do there: the networks' emblems are theirs. */
const channels: Readonly<Record<string, typeof Mail>> = {
  email: AtSign,
  gmail: Mail,
  outlook: Mails,
  slack: Hash,
  telegram: Send,
  teams: Presentation,
  archive: Archive,
  demo: Compass,
};
export function ChannelMark({ channel }: { channel: string }) {
  const Icon = signOf(channel) ?? Waypoints;
  return <Icon aria-hidden="true" />;
}
export const signOf = (channel: string): typeof Mail | undefined => channels[channel];
