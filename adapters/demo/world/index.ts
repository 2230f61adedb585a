import { asLabelKey, type ChannelEvent, type LabelRole } from '../../../src-shared/model/index.ts';
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

const scenes: Readonly<Record<NetworkId, () => readonly (Chat | Thread)[]>> = {
  'work-mail': workMail,
  'home-mail': homeMail,
  team,
  family: () => [showcase, ...family()],
  sms,
  community,
};

const folders: readonly { readonly key: string; readonly name: string; readonly role: LabelRole }[] = [
  { key: 'inbox', name: 'Inbox', role: 'inbox' },
  { key: 'archive', name: 'Archive', role: 'archive' },
  { key: 'sent', name: 'Sent', role: 'sent' },
  { key: 'drafts', name: 'Drafts', role: 'drafts' },
  { key: 'trash', name: 'Trash', role: 'trash' },
  { key: 'spam', name: 'Spam', role: 'spam' },
];
const keywords: readonly { readonly key: string; readonly name: string; readonly colour: string }[] = [
  { key: 'money', name: 'Money', colour: '#0f766e' },
  { key: 'travel', name: 'Travel', colour: '#b45309' },
];
const labels = (at: number): readonly ChannelEvent[] => [
  ...folders.map(
    ({ key, name, role }): ChannelEvent => ({
      type: 'label',
      key: asLabelKey(key),
      patch: { name, kind: 'folder', role, exists: true },
      at,
    }),
  ),
  ...keywords.map(
    ({ key, name, colour }): ChannelEvent => ({
      type: 'label',
      key: asLabelKey(key),
      patch: { name, kind: 'label', colour, exists: true },
      at,
    }),
  ),
];

/** The past of a network as it stood at `epoch`, Unix ms. */
export function buildWorld(network: Network, epoch: number): World {
  const all = scenes[network.id]();
  const began = epoch - 800 * day;
  const entries = all.flatMap((scene) =>
    scene.is === 'chat' ? chatEntries(scene, network, epoch) : threadEntries(scene, network, epoch),
  );
  return {
    setting: [
      ...(network.style === 'mail' ? labels(began) : []),
      ...usersOf(all, network, began),
      ...all.flatMap((scene) => (scene.is === 'chat' ? [chatEvent(scene, network, began)] : [])),
    ],
    entries: entries.toSorted((one, other) => other.at - one.at || (one.key < other.key ? 1 : -1)),
    scenes: all,
  };
}
