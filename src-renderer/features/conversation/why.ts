import type { AccountView, ChannelView, ConversationView, MessageView } from '../../../src-shared/ipc/index.ts';
import type { Key, Values } from '../../i18n/index.ts';
import { canEdit } from './reader.ts';

/** Why something cannot be done, to be said where it is offered. */
export interface Why {
  readonly key: Key;
  readonly values?: Values;
}
export type MessageAction = 'reply' | 'thread' | 'react' | 'edit' | 'removeMe' | 'removeAll' | 'pin' | 'press';

export interface Circumstances {
  readonly view: ConversationView;
  /** What its network can do; undefined while that is not known. */
  readonly channel: ChannelView | undefined;
  readonly account: AccountView | undefined;
  /** Unix ms. */
  readonly now: number;
}
const name = ({ channel, view }: Circumstances): string => channel?.name ?? view.channel;
const hour = 3_600_000;
const tooOldKeys = {
  edit: { minutes: 'why.editMinutes', hours: 'why.editHours' },
  remove: { minutes: 'why.removeMinutes', hours: 'why.removeHours' },
} as const;
function tooOld(ms: number, network: string, what: 'edit' | 'remove'): Why {
  const unit = ms < 2 * hour ? 'minutes' : 'hours';
  const count = Math.round(ms / (unit === 'hours' ? hour : 60_000));
  return { key: tooOldKeys[what][unit], values: { name: network, count } };
}

/** What keeps an action from a message, or null where nothing does. The first reason is the one that cannot be mended. */
export function whyNot(action: MessageAction, message: MessageView, where: Circumstances): Why | null {
  const { view, channel, account, now } = where;
  const network = { name: name(where) };
  const cannot = (key: Key): Why => ({ key, values: network });
  if (message.removed) return { key: 'why.removed' };
  const unsent = ['queued', 'sending', 'failed', 'unknown', 'cancelled'].includes(message.delivery?.state ?? 'sent');
  switch (action) {
    case 'reply':
      if (view.readOnly !== null) return { key: 'why.readOnly', values: { reason: view.readOnly } };
      return view.limits.reply === 'rejected' ? cannot('why.noReply') : null;
    case 'thread':
      if (view.readOnly !== null) return { key: 'why.readOnly', values: { reason: view.readOnly } };
      if (view.limits.thread !== 'full') return { key: 'why.thread' };
      return unsent ? { key: 'why.unsent' } : null;
    case 'react':
      // Some let people react where only few may write, and say so.
      if (view.readOnly !== null && !view.limits.reactions?.length)
        return { key: 'why.readOnly', values: { reason: view.readOnly } };
      if (!view.features.includes('react')) return cannot('why.noReact');
      if (view.limits.reactions?.length === 0) return { key: 'why.noReactHere' };
      return unsent ? { key: 'why.unsent' } : null;
    case 'pin':
      if (!view.features.includes('pin')) return cannot('why.noPin');
      return unsent ? { key: 'why.unsent' } : null;
    case 'edit': {
      if (!view.features.includes('edit')) return cannot('why.noEdit');
      if (!message.fromMe) return { key: 'why.notMine' };
      if (unsent) return { key: 'why.unsent' };
      if (!canEdit(message)) return { key: 'why.noWords' };
      const most = channel?.features.edit?.maxAgeMs;
      return most !== undefined && now - message.at > most ? tooOld(most, network.name, 'edit') : null;
    }
    case 'removeMe':
    case 'removeAll': {
      const remove = channel?.features.remove;
      const scope = action === 'removeMe' ? 'me' : 'everyone';
      if (!remove) return cannot('why.noRemove');
      if (!remove.scopes.includes(scope)) return cannot(scope === 'me' ? 'why.noRemoveMe' : 'why.noRemoveAll');
      if (scope === 'everyone' && !message.fromMe) return { key: 'why.notMine' };
      const most = scope === 'everyone' ? remove.maxAgeMs : undefined;
      return most !== undefined && now - message.at > most ? tooOld(most, network.name, 'remove') : null;
    }
    case 'press':
      if (!view.features.includes('press')) return cannot('why.noPress');
      return account?.state.is === 'online' ? null : cannot('why.offline');
  }
}
