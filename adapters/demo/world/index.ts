import { asLabelKey, type ChannelEvent, type LabelPatch, type LabelRole } from '../../../src-shared/model/index.ts';
import type { Network, NetworkId } from '../networks.ts';
import { type Chat, chatEntries, chatEvent, day, type Entry, type Thread, threadEntries, usersOf } from './build.ts';
import { community } from './community.ts';
import { family } from './family.ts';
import { homeMail } from './home-mail.ts';
import { showcase } from './showcase.ts';
import { sms } from './sms.ts';
import { team } from './team.ts';
import { workMail } from './work-mail.ts';

/** One pretend network's past. The same epoch always gives the same world. */
export interface World {
  /** Labels, people and conversations: what has to be known before the first message. */
  readonly setting: readonly ChannelEvent[];
  /** Newest first. */
  readonly entries: readonly Entry[];
  readonly scenes: readonly (Chat | Thread)[];
}

const scenes: Readonly<Record<NetworkId, (epoch: number) => readonly (Chat | Thread)[]>> = {
  'work-mail': workMail,
  'home-mail': homeMail,
  team,
  family: (epoch) => [showcase(epoch), ...family()],
  sms,
  community,
};

type Named = readonly [key: string, name: string, role: LabelRole];
const folders: Readonly<Record<Network['style'], readonly Named[]>> = {
  mail: [
    ['inbox', 'Inbox', 'inbox'],
    ['archive', 'Archive', 'archive'],
    ['sent', 'Sent', 'sent'],
    ['drafts', 'Drafts', 'drafts'],
    ['trash', 'Trash', 'trash'],
    ['spam', 'Spam', 'spam'],
  ],
  chat: [
    ['inbox', 'Chats', 'inbox'],
    ['archive', 'Put away', 'archive'],
  ],
};
const keywords: readonly (readonly [key: string, name: string, colour: string])[] = [
  ['money', 'Money', '#0f766e'],
  ['travel', 'Travel', '#b45309'],
];
const label = (key: string, patch: LabelPatch, at: number): ChannelEvent => ({
  type: 'label',
  key: asLabelKey(key),
  patch: { ...patch, exists: true },
  at,
});
const labels = (style: Network['style'], at: number): readonly ChannelEvent[] => [
  ...folders[style].map(([key, name, role]) => label(key, { name, kind: 'folder', role }, at)),
  ...(style === 'mail' ? keywords : []).map(([key, name, colour]) => label(key, { name, kind: 'label', colour }, at)),
];

/** The past of a network as it stood at `epoch`, Unix ms. */
export function buildWorld(network: Network, epoch: number): World {
  const all = scenes[network.id](epoch);
  const began = epoch - 800 * day;
  const entries = all.flatMap((scene) =>
    scene.is === 'chat' ? chatEntries(scene, network, epoch) : threadEntries(scene, network, epoch),
  );
  return {
    setting: [
      ...labels(network.style, began),
      ...usersOf(all, network, began),
      ...all.flatMap((scene) => (scene.is === 'chat' ? [chatEvent(scene, network, began)] : [])),
    ],
    entries: entries.toSorted((one, other) => other.at - one.at || (one.key < other.key ? 1 : -1)),
    scenes: all,
  };
}
